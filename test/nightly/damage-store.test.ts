/** The full count of damaged store files. */
import { expect, test } from 'vitest';
import { damageOften } from '../fault/damage-store.ts';
import { DAMAGES } from '../fault/limits.ts';
import { tempFolder } from '../main/store/helpers.ts';

test('no damage to the file makes the store hand out wrong weights', { timeout: 3_600_000 }, async () => {
  const { wrong, noticed } = await damageOften(tempFolder(), DAMAGES.nightly);
  expect(wrong).toEqual([]);
  expect(noticed).toBeGreaterThan(DAMAGES.nightly / 2);
});
