/** A data folder on a read-only disk: said in one sentence, and its runs can still be looked at. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../../src-main/store/store.ts';
import { newRun, tempFolder } from './helpers.ts';

/** Mounting needs a user namespace of its own, which some machines forbid. */
const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;

/** Runs a script while `folder` is mounted read-only, for that process alone. */
function withReadOnly(folder: string, script: string): string {
  const mount = `mount --bind '${folder}' '${folder}' && mount -o remount,ro,bind '${folder}'`;
  const run = `'${process.execPath}' '${join(import.meta.dirname, script)}' '${folder}' '${tempFolder()}'`;
  const { stdout, stderr } = spawnSync('unshare', ['-rm', 'bash', '-c', `${mount} && ${run}`], { encoding: 'utf8' });
  return stdout + stderr;
}

test.skipIf(!canMount)('a host learns that it cannot keep anything, and lists a copy of what is there', () => {
  const folder = tempFolder();
  const store = openStore({ file: join(folder, 'netloom.sqlite') });
  newRun(store, 'kept before');
  store.close();
  expect(withReadOnly(folder, 'read-only-host.ts')).toBe(
    `file.read_only\nfile.read_only\nhost.store_read_only\n["after","kept before"]\n`,
  );
});
