/** kill -9 of a process that writes to the store: nothing that was acknowledged is lost, and nothing is half there. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../main/store/helpers.ts';
import { killWriters } from './kill-writer.ts';
import { KILLS } from './limits.ts';

test('every acknowledged epoch and state is there after each kill', { timeout: 120_000 }, async () => {
  expect(await killWriters(join(tempFolder(), 'netloom.sqlite'), KILLS.suite)).toEqual([]);
});
