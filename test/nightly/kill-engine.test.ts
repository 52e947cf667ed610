/** The full count of kills of the engine in the middle of a run. */
import { expect, test } from 'vitest';
import { killEngineOften } from '../fault/kill-engine.ts';
import { ENGINE_KILLS } from '../fault/limits.ts';
import { startHost } from '../main/services/helpers.ts';

test('an engine killed forty times loses no epoch that was shown', { timeout: 3_600_000 }, async () => {
  expect(await killEngineOften(startHost(), { kills: ENGINE_KILLS.nightly, restartMs: 2000 })).toEqual([]);
});
