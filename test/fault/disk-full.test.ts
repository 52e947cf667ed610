/** The disk fills up while a run trains: it waits and says why, and goes on when there is space again. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../main/store/helpers.ts';

/** A small disk needs a mount of its own, which some machines forbid. */
const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;

test.skipIf(!canMount)('a full disk pauses training and costs nothing', { timeout: 90_000 }, () => {
  const folder = tempFolder();
  const host = `'${process.execPath}' '${join(import.meta.dirname, 'disk-full-host.ts')}' '${folder}'`;
  const command = `mount -t tmpfs -o size=8m tmpfs '${folder}' && ${host}`;
  const { stdout, stderr } = spawnSync('unshare', ['-rm', 'bash', '-c', command], { encoding: 'utf8' });
  expect(stdout.split('\n'), stderr).toEqual([
    'training',
    'paused: the disk is full',
    'going on is refused: host.store_full',
    'training again',
    'within five seconds',
    'stopped',
    'no epoch is missing',
    'each was shown once',
    'the last state is saved',
    '',
  ]);
});
