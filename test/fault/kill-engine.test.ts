/** kill -9 of the engine at many moments: nothing that was shown is lost, and the run goes on. */
import { expect, test } from 'vitest';
import { startHost } from '../main/services/helpers.ts';
import { killEngineOften } from './kill-engine.ts';
import { ENGINE_KILLS } from './limits.ts';

test('an engine killed again and again loses no epoch that was shown', { timeout: 120_000 }, async () => {
  expect(await killEngineOften(startHost(), { kills: ENGINE_KILLS.suite, restartMs: 10000 })).toEqual([]);
});
