/** A migration killed at every single write, and the same test on a migration that is wrong on purpose. */
import { expect, test } from 'vitest';
import { canTrace, killMigrations } from '../fault/kill-migration.ts';
import { tempFolder } from '../main/store/helpers.ts';

test.skipIf(!canTrace)(
  `a migration killed at any write leaves the old store or the new one${canTrace ? '' : ' (needs strace)'}`,
  () => {
    expect(killMigrations(tempFolder()).wrong).toEqual([]);
  },
);

test.skipIf(!canTrace)('control: a migration whose version is written apart is caught', () => {
  expect(killMigrations(tempFolder(), { how: 'careless' }).wrong).not.toEqual([]);
});
