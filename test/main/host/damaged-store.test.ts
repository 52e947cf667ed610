/** A host that finds its store damaged asks, mends it when the person agrees, and leaves everything as it is when not. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { spawnFork } from '../../../src-main/engine/spawn-fork.ts';
import { makeOpenApp } from '../../../src-main/host/app.ts';
import type { Host, Question } from '../../../src-main/host/host.ts';
import { makeBase } from '../../fault/damage-store.ts';
import { tempFolder } from '../store/helpers.ts';

const ENTRY = join(import.meta.dirname, '../../../src-main/engine/entry.ts');
const WRITER_ENTRY = join(import.meta.dirname, '../../../src-main/store/writer-thread.ts');

function damagedHome() {
  const folder = tempFolder();
  const file = join(folder, 'netloom.sqlite');
  makeBase(file);
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xff, 4096 * 10, 4096 * 14));
  const hash = (): string => createHash('sha256').update(readFileSync(file)).digest('hex');
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const spawn = spawnFork({ entry: ENTRY, log });
  const openApp = makeOpenApp({ dataFolder: folder, version: '0', spawn, writerEntry: WRITER_ENTRY, log });
  const asked: Question[] = [];
  const hostThat = (answer: boolean): Host => ({
    kind: 'browser',
    openFile: () => Promise.resolve(null),
    placeFor: () => Promise.resolve(null),
    saveFile: () => Promise.resolve(null),
    ask: (question) => {
      asked.push(question);
      return Promise.resolve(answer);
    },
  });
  return { folder, hash, lines, openApp, asked, hostThat };
}

test('who declines gets the reason, and not a byte is changed', async () => {
  const { folder, hash, openApp, asked, hostThat } = damagedHome();
  const before = hash();
  await expect(openApp(hostThat(false))).rejects.toMatchObject({ code: 'host.store_damaged' });
  expect(asked.map(({ message }) => message)).toEqual(['The store of your runs is damaged.']);
  expect(hash()).toBe(before);
  expect(readdirSync(folder).filter((name) => name.includes('corrupt'))).toEqual([]);
});

test('who agrees gets a window on what could be read, and the damaged file is kept', async () => {
  const { folder, lines, openApp, hostThat } = damagedHome();
  const app = await openApp(hostThat(true));
  await app.close();
  expect(lines[0]).toMatch(/^\d+ runs are in the store now, \d+ of them read from the damaged file\n/);
  expect(readdirSync(folder).filter((name) => /\.corrupt-.*Z$/.test(name))).toHaveLength(1);
});
