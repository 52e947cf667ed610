/** A data folder that cannot be used: one line that names it, exit code 1, and everything in it stays as it was. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { projectRoot, startScript } from '../../helpers/run-script.ts';

const START = join(projectRoot, 'src-main', 'start.mjs');
/** So that no start says that it builds. */
beforeAll(() => startScript(process.execPath, [join(projectRoot, 'src-main', 'build.mjs')]).finished, 120_000);

const NOT_A_DATABASE = Buffer.from('not a database, and long enough to be taken for one if nobody looks. '.repeat(80));

const folders: Readonly<Record<string, (folder: string) => void>> = {
  'a link to nowhere': (folder) => symlinkSync(`${folder}-nowhere`, folder),
  'a link to itself': (folder) => symlinkSync(folder, folder),
  'a file': (folder) => writeFileSync(folder, ''),
  'a lock that is a folder': (folder) => mkdirSync(join(folder, 'instance.lock'), { recursive: true }),
  'a lock of another kind of file': (folder) => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'instance.lock'), NOT_A_DATABASE);
  },
  'a folder where the owner is named': (folder) => mkdirSync(join(folder, 'instance.json'), { recursive: true }),
  'a folder where the store should be': (folder) => mkdirSync(join(folder, 'netloom.sqlite'), { recursive: true }),
  'a store of another kind of file': (folder) => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'netloom.sqlite'), NOT_A_DATABASE);
  },
};

it.each(Object.entries(folders))('%s', { timeout: 120_000 }, async (_what, make) => {
  const folder = join(mkdtempSync(join(tmpdir(), 'netloom-home-')), 'home');
  make(folder);
  const { code, stdout, stderr } = await startScript(process.execPath, [START, '--browser'], { NETLOOM_HOME: folder })
    .finished;
  expect([code, stdout]).toStrictEqual([1, '']);
  expect(stderr).toMatch(/^.+: .+\n$/);
  expect(stderr.startsWith(folder)).toBe(true);
});

/** A small disk needs a mount of its own, which some machines forbid. */
const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;

/** Starts the host with so little room left on its disk. */
function startOnFullDisk(freeKilobytes: number): { status: number | null; stdout: string; stderr: string } {
  const disk = mkdtempSync(join(tmpdir(), 'netloom-disk-'));
  const script = [
    `mount -t tmpfs -o size=1m tmpfs '${disk}'`,
    `mkdir '${disk}/home'`,
    `head -c ${(1024 - freeKilobytes) * 1024} /dev/zero > '${disk}/ballast' || true`,
    `NETLOOM_HOME='${disk}/home' exec '${process.execPath}' '${START}' --browser`,
  ];
  return spawnSync('unshare', ['-rm', 'bash', '-c', script.join('\n')], { encoding: 'utf8' });
}

it.skipIf(!canMount).each([0, 4, 8, 16, 32])('a disk with %i KB left', { timeout: 120_000 }, (freeKilobytes) => {
  const { status, stdout, stderr } = startOnFullDisk(freeKilobytes);
  expect([status, stdout]).toStrictEqual([1, '']);
  expect(stderr).toMatch(/^.+home\/[a-z.]+: (the disk is full; .+|the store could not be used .+)\n$/);
});

it.skipIf(!canMount)('a read-only folder, and no place for temporary files either', { timeout: 120_000 }, () => {
  const home = mkdtempSync(join(tmpdir(), 'netloom-home-'));
  const script = [
    `mount --bind '${home}' '${home}' && mount -o remount,ro,bind '${home}'`,
    `TMPDIR=/nonexistent NETLOOM_HOME='${home}' exec '${process.execPath}' '${START}' --browser`,
  ];
  const { status, stderr } = spawnSync('unshare', ['-rm', 'bash', '-c', script.join('\n')], { encoding: 'utf8' });
  expect([status, stderr.trim().split('\n')]).toStrictEqual([
    1,
    [
      `${home}: this place is read-only; save somewhere else. Nothing will be kept after Netloom is closed.`,
      '/nonexistent: no folder for temporary files could be made there (ENOENT); set TMPDIR to one that can be written',
    ],
  ]);
});
