/** A damaged store is mended: every run that can be read is in the new one, nothing wrong is, and the damaged file is kept. */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Random, streamKey } from '../../src-core/lib/random.ts';
import { listBackups } from '../../src-main/store/backup.ts';
import { salvageStore, salvageText } from '../../src-main/store/salvage.ts';
import { openStore } from '../../src-main/store/store.ts';
import { bytesOf, newRun, tempFolder } from '../main/store/helpers.ts';
import { damages, makeBase, STATE_BYTES } from './damage-store.ts';

const PAGE = 4096;
const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Wipes the pages from one share of the file to another. */
function wipe(file: string, from: number, to: number): void {
  const bytes = readFileSync(file);
  const page = (share: number): number => Math.floor((share * bytes.length) / PAGE) * PAGE;
  writeFileSync(file, bytes.fill(0xff, page(from), page(to)));
}

/** What is in the store now, with the number that each run's name ends in. */
async function contents(
  file: string,
  ids: readonly string[],
): Promise<{ runs: number; states: number; wrong: number }> {
  const store = openStore({ file });
  const found = new Set(store.listRuns({ limit: 500 }).runs.map(({ id }) => id));
  let [states, wrong] = [0, 0];
  for (const [number, id] of ids.entries()) {
    const state = found.has(id) ? await store.loadCheckpoint(id, 'last') : null;
    if (state === null) continue;
    states++;
    if (!Buffer.from(state.bytes).equals(bytesOf(STATE_BYTES, number))) wrong++;
  }
  store.close();
  return { runs: found.size, states, wrong };
}

test('one wiped page in twenty costs its own rows and no others', async () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  const ids = makeBase(file);
  wipe(file, 0.5, 0.55);
  const before = hashOf(file);
  expect(() => openStore({ file })).toThrow('the store is damaged');
  const done = salvageStore(file);
  expect(done).toMatchObject({ runs: ids.length, lost: 0, backup: null });
  const { states, wrong } = await contents(file, ids);
  expect(wrong).toBe(0);
  expect(states).toBeGreaterThanOrEqual(ids.length - 2);
  expect(done.withoutState).toBe(ids.length - states);
  expect(hashOf(done.aside)).toBe(before);
});

test('what the damaged file lost comes from the newest good backup', async () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  const ids = makeBase(file);
  const store = openStore({ file });
  store.backUpDaily();
  const late = newRun(store, 'made after the backup');
  store.appendRecords(late, [{ epoch: 1, step: 1, loss: 0.5 }], 1);
  store.close();
  const [backup = ''] = listBackups(file);
  writeFileSync(join(dirname(backup), 'netloom-9999-broken.sqlite'), 'a newer copy that is none');
  wipe(file, 0.2, 0.3);
  const done = salvageStore(file);
  expect(done).toMatchObject({ runs: ids.length + 1, lost: 0, backup });
  expect(await contents(file, ids)).toEqual({ runs: ids.length + 1, states: ids.length, wrong: 0 });
  const mended = openStore({ file });
  onTestFinished(() => mended.close());
  expect(mended.history(late)).toEqual([{ epoch: 1, step: 1, loss: 0.5 }]);
  expect(salvageText(done)).toContain(`the others come from the backup ${backup}`);
});

test('a file of which nothing can be read is replaced by the backup, or by an empty store', () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  makeBase(file);
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xff, 100));
  expect(salvageStore(file)).toMatchObject({ runs: 0, read: 0, backup: null });
  expect(openCount(file)).toBe(0);
});

test('a sound store is left alone', () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  makeBase(file);
  expect(() => salvageStore(file)).toThrow('the store is sound');
  expect(openCount(file)).toBe(20);
  expect(readdirSync(dirname(file))).toEqual(['netloom.sqlite']);
});

test(
  'of a hundred damaged stores each is mended, and none hands out what is not its own',
  { timeout: 120_000 },
  async () => {
    const folder = tempFolder();
    const [base, file] = [join(folder, 'base.sqlite'), join(folder, 'netloom.sqlite')];
    const ids = makeBase(base);
    const random = new Random(streamKey(2, 'data', 'damage'));
    const outcomes: { runs: number; states: number; wrong: number }[] = [];
    for (let time = 0; time < 100; time++) {
      for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) rmSync(file + end);
      copyFileSync(base, file);
      const damage = damages[time % damages.length];
      if (damage !== undefined) writeFileSync(file, damage(readFileSync(file), random));
      try {
        openStore({ file }).close();
        continue; // not noticed as a whole: each state still has its hash
      } catch {
        outcomes.push(await mended(file, ids));
      }
    }
    expect(outcomes.filter(({ wrong }) => wrong > 0)).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(30);
    const whole = outcomes.filter(({ runs }) => runs === ids.length).length;
    expect(whole).toBeGreaterThan(outcomes.length / 2);
  },
);

const openCount = (file: string): number => {
  const store = openStore({ file });
  const count = store.countRuns();
  store.close();
  return count;
};

/** A file that is no store any more is refused, as it is when it is opened. */
async function mended(file: string, ids: readonly string[]): Promise<{ runs: number; states: number; wrong: number }> {
  try {
    salvageStore(file);
  } catch (error) {
    if (/expected a Netloom store|newer version/.test(String(error))) return { runs: 0, states: 0, wrong: 0 };
    throw error;
  }
  return contents(file, ids);
}
