/** The full count of kills of a process that writes to the store. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killWriters } from '../fault/kill-writer.ts';
import { KILLS } from '../fault/limits.ts';
import { tempFolder } from '../main/store/helpers.ts';

test('every acknowledged epoch and state is there after each of a thousand kills', { timeout: 3_600_000 }, async () => {
  expect(await killWriters(join(tempFolder(), 'netloom.sqlite'), KILLS.nightly)).toEqual([]);
});
