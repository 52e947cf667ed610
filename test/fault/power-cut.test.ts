/** A power cut: nothing acknowledged is lost, whichever unsynced writes are. A few disks here, three thousand by night. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../main/store/helpers.ts';
import { canTrace } from './kill-migration.ts';
import { POWER } from './limits.ts';
import { cutPower, record, type Writing } from './power-cut.ts';

const made = (how: Writing): { folder: string; calls: string[] } => {
  const folder = join(tempFolder(), 'home');
  mkdirSync(folder);
  return { folder, calls: record(folder, how) };
};

test.skipIf(!canTrace)('after a power cut everything acknowledged is there', { timeout: 120_000 }, async () => {
  const { folder, calls } = made('direct');
  expect(await cutPower(calls, { folder, images: POWER.suite })).toEqual([]);
  // Controls: on a disk that forgets syncs the same look must find something.
  const withoutWal = { folder, images: POWER.suite, forgets: (path: string) => path.endsWith('-wal') };
  expect(await cutPower(calls, withoutWal)).not.toEqual([]);
  const withoutNames = { folder, images: POWER.suite, forgets: (path: string) => path === folder };
  expect(await cutPower(calls, withoutNames)).not.toEqual([]);
});

test.skipIf(!canTrace)(
  'after a power cut everything that a thread acknowledged for a host is there',
  { timeout: 120_000 },
  async () => {
    const { folder, calls } = made('thread');
    expect(await cutPower(calls, { folder, images: POWER.suite })).toEqual([]);
    const withoutWal = { folder, images: POWER.suite, forgets: (path: string) => path.endsWith('-wal') };
    expect(await cutPower(calls, withoutWal)).not.toEqual([]);
  },
);
