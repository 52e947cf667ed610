/** Files written whole: what stands in the folder afterwards, and what a failure leaves. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { atomicWrite, ensureFolder, removeStaleTemps } from '../../../src-main/store/io.ts';
import { dataFolder } from '../../../src-main/store/folder.ts';
import { tempFolder } from './helpers.ts';

test('a file is replaced by the whole of the new one, and keeps who may read it', async () => {
  const path = join(tempFolder(), 'project.netloom.json');
  writeFileSync(path, 'a much longer text than the new one');
  chmodSync(path, 0o600);
  await atomicWrite(path, Buffer.from('new'));
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a failed write leaves the old file and nothing else, and names the place', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'taken'));
  await expect(atomicWrite(join(folder, 'taken'), Buffer.from('x'))).rejects.toThrow(join(folder, 'taken'));
  expect(readdirSync(folder)).toEqual(['taken']);
  const missing = join(folder, 'nowhere', 'a.json');
  await expect(atomicWrite(missing, Buffer.from('x'))).rejects.toMatchObject({ code: 'file.no_folder' });
});

test.skipIf(!existsSync('/dev/full'))('a full disk is called a full disk', async () => {
  const { writeError } = await import('../../../src-main/store/io.ts');
  let cause: unknown;
  try {
    writeFileSync('/dev/full', 'x');
  } catch (error) {
    cause = error;
  }
  expect(writeError('/home/a.json', 1234, cause).message).toBe(
    '/home/a.json: the disk is full, 1234 bytes are needed; free some space and save again',
  );
});

test('what a killed process left half written is removed, the work of a living one is not', async () => {
  const folder = tempFolder();
  const { pid: dead } = spawnSync('true');
  const names = [
    `.a.json.${dead}-0123456789ab.netloom-tmp`,
    `.a.json.${process.ppid}-0123456789ab.netloom-tmp`,
    '.other',
  ];
  for (const name of names) writeFileSync(join(folder, name), 'x');
  await removeStaleTemps(folder);
  expect(readdirSync(folder).sort()).toEqual(names.slice(1).sort());
});

test.each([
  ['linux', {}, '/home/ada/.local/share/netloom'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/netloom'],
  ['darwin', {}, '/home/ada/Library/Application Support/Netloom'],
  ['linux', { NETLOOM_HOME: '/elsewhere', XDG_DATA_HOME: '/data' }, '/elsewhere'],
] as const)('on %s with %o the data folder is %s', (platform, env, folder) => {
  expect(dataFolder({ platform, env, home: '/home/ada' })).toBe(folder);
});

test('a folder is made with those above it, and again without complaint', () => {
  const folder = join(tempFolder(), 'a', 'b');
  ensureFolder(folder);
  ensureFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
});

test('a folder that cannot be is refused in one sentence, also where Node itself would wait for ever', () => {
  const file = join(tempFolder(), 'file');
  writeFileSync(file, '');
  const places = [file, join(file, 'below'), ...(existsSync('/proc/self') ? ['/proc/netloom', '/proc/a/b'] : [])];
  for (const place of places)
    expect(() => ensureFolder(place)).toThrow(`${place}: could not be written (no folder can be made there)`);
});
