/** kill -9 in the middle of a migration: the store is wholly old or wholly new. Every tenth write here, every write by night. */
import { expect, test } from 'vitest';
import { tempFolder } from '../main/store/helpers.ts';
import { canTrace, killMigrations } from './kill-migration.ts';

const SOME = 10;

test.skipIf(!canTrace)('a killed migration leaves the old store or the new one', { timeout: 120_000 }, () => {
  const { kills, wrong } = killMigrations(tempFolder(), { every: SOME });
  expect(wrong).toEqual([]);
  expect(kills).toBeGreaterThan(2 * SOME);
});
