/** Damaged store files: refused or noticed, never served as good, never a crash. */
import { expect, test } from 'vitest';
import { tempFolder } from '../main/store/helpers.ts';
import { damageOften } from './damage-store.ts';
import { DAMAGES } from './limits.ts';

test('no damage to the file makes the store hand out wrong weights', { timeout: 120_000 }, async () => {
  const { wrong, noticed } = await damageOften(tempFolder(), DAMAGES.suite);
  expect(wrong).toEqual([]);
  expect(noticed).toBeGreaterThan(DAMAGES.suite / 2); // so that the damage was real
});
