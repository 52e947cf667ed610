/** What the store keeps, and that it comes back as it was. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { closeDatabase, openDatabase } from '../../../src-main/store/open.ts';
import { ownerName } from '../../../src-main/store/owner.ts';
import { extendSparkline, sparklineEpochs } from '../../../src-main/store/records.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { bytesOf, document, newRun, tempFolder, tempStore } from './helpers.ts';

test('a history comes back as it was written, with NaN and infinities and the order of its metrics', () => {
  const store = tempStore();
  const id = newRun(store);
  const records = [
    { epoch: 1, step: 8, loss: 0.5, val_loss: 0.75, accuracy: 0.5, val_accuracy: 0.25 },
    { epoch: 2, step: 16, loss: Number.NaN, val_loss: Number.POSITIVE_INFINITY, penalty: Number.NEGATIVE_INFINITY },
  ];
  store.appendRecords(id, records, 1);
  const history = store.history(id);
  expect(history).toEqual(records);
  expect(history.map((record) => Object.keys(record))).toEqual(records.map((record) => Object.keys(record)));
  expect(store.getSummary(id)).toMatchObject({ last: records[1], best: records[0], bestEpoch: 1, epoch: 2, step: 16 });
});

test('NaN is told apart from a missing number in the table itself', () => {
  const folder = tempFolder();
  const file = join(folder, 'netloom.sqlite');
  const store = openStore({ file });
  store.appendRecords(newRun(store), [{ epoch: 1, step: 1, loss: Number.NaN, val_loss: -Infinity }], null);
  store.close();
  const db = new Database(file, { readonly: true });
  onTestFinished(() => void db.close());
  expect(db.prepare('SELECT name, value, kind FROM run_metrics').all()).toEqual([
    { name: 'loss', value: null, kind: 'NaN' },
    { name: 'val_loss', value: -Infinity, kind: '-Infinity' },
  ]);
});

test('a saved state comes back byte for byte, whatever its size', async () => {
  const store = tempStore();
  const id = newRun(store);
  for (const size of [0, 1, 512 * 1024, 512 * 1024 + 1, 3_000_000]) {
    const state = { kind: 'last', epoch: 1, step: size, bytes: bytesOf(size, 7) } as const;
    store.saveCheckpoints(id, [state]);
    const loaded = await store.loadCheckpoint(id, 'last');
    expect({ ...loaded, bytes: null }).toEqual({ ...state, bytes: null });
    expect(Buffer.compare(loaded?.bytes ?? Buffer.alloc(0), state.bytes)).toBe(0);
  }
  expect(await store.loadCheckpoint(id, 'best')).toBeNull();
});

test('a state that is replaced and erased while it is read gives way to the one in its place', async () => {
  const store = tempStore();
  const id = newRun(store);
  const state = (epoch: number) => ({ kind: 'last', epoch, step: epoch, bytes: bytesOf(3_000_000, epoch) }) as const;
  store.saveCheckpoints(id, [state(1)]);
  const loading = store.loadCheckpoint(id, 'last');
  store.saveCheckpoints(id, [state(2)]);
  expect((await loading)?.epoch).toBe(2);
});

test('a run stands at the step of its last state, also in the middle of an epoch', () => {
  const store = tempStore();
  const id = newRun(store);
  store.appendRecords(id, [{ epoch: 1, step: 8, loss: 0.5 }], 1);
  const state = (kind: 'last' | 'best', step: number) => ({ kind, epoch: 1, step, bytes: bytesOf(10, 1) });
  store.saveCheckpoints(id, [state('best', 8), state('last', 11)]);
  expect(store.getSummary(id)).toMatchObject({ epoch: 1, step: 11 });
  store.saveCheckpoints(id, [state('last', 13), state('best', 8)]);
  expect(store.getSummary(id)).toMatchObject({ epoch: 1, step: 13 });
});

test('a state that did not arrive whole does not count', async () => {
  const store = tempStore();
  const id = newRun(store);
  const old = { kind: 'last', epoch: 1, step: 10, bytes: bytesOf(100, 1) } as const;
  store.saveCheckpoints(id, [old]);
  const head = { kind: 'last', epoch: 2, step: 20, size: 200, sha256: 'a'.repeat(64) } as const;
  store.putPart(id, { ...head, part: 0, bytes: bytesOf(100, 2), isComplete: false }, []);
  expect(await store.loadCheckpoint(id, 'last')).toEqual(old);
});

test('replaced states are erased, and only they', async () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  const store = openStore({ file });
  const id = newRun(store);
  for (let i = 0; i < 5; i++)
    store.saveCheckpoints(id, [
      { kind: 'best', epoch: i, step: i, bytes: bytesOf(600_000, i) },
      { kind: 'last', epoch: i, step: i, bytes: bytesOf(600_000, i + 100) },
    ]);
  expect((await store.loadCheckpoint(id, 'best'))?.bytes).toEqual(bytesOf(600_000, 4));
  store.close();
  const db = new Database(file, { readonly: true });
  onTestFinished(() => void db.close());
  expect(db.prepare('SELECT count(*) FROM checkpoint_parts').pluck().get()).toBe(4);
  expect(db.prepare('SELECT count(*) FROM checkpoints').pluck().get()).toBe(2);
});

test('one flipped bit in a saved state is noticed', async () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  const store = openStore({ file });
  onTestFinished(() => store.close());
  const id = newRun(store);
  store.saveCheckpoints(id, [{ kind: 'last', epoch: 1, step: 1, bytes: bytesOf(1000, 1) }]);
  const db = openDatabase({ file });
  const flipped = bytesOf(1000, 1);
  flipped[500] = (flipped[500] ?? 0) ^ 8;
  db.prepare('UPDATE checkpoint_parts SET bytes = ?').run(flipped);
  closeDatabase(db);
  await expect(store.loadCheckpoint(id, 'last')).rejects.toMatchObject({ code: 'host.checkpoint_damaged' });
});

test('a saved state whose key leads to another run is not handed out', async () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  const store = openStore({ file });
  onTestFinished(() => store.close());
  const [owner, other] = [newRun(store), newRun(store)];
  store.saveCheckpoints(owner, [{ kind: 'last', epoch: 1, step: 1, bytes: bytesOf(1000, 1) }]);
  const db = openDatabase({ file });
  db.prepare('UPDATE checkpoints SET run = (SELECT key FROM runs WHERE id = ?)').run(other);
  closeDatabase(db);
  expect(await store.loadCheckpoint(owner, 'last')).toBe(null);
  await expect(store.loadCheckpoint(other, 'last')).rejects.toMatchObject({ code: 'host.checkpoint_damaged' });
});

test('going back to a saved state forgets the epochs after it', () => {
  const store = tempStore();
  const id = newRun(store);
  const record = (epoch: number) => ({ epoch, step: epoch * 8, loss: 1 / epoch });
  store.appendRecords(id, [record(1), record(2)], 2);
  store.saveCheckpoints(id, [
    { kind: 'best', epoch: 1, step: 8, bytes: bytesOf(10, 1) },
    { kind: 'last', epoch: 2, step: 19, bytes: bytesOf(10, 2) },
  ]);
  store.appendRecords(id, [record(3), record(4)], 4);
  store.rewind(id);
  expect(store.history(id)).toEqual([record(1), record(2)]);
  expect(store.getSummary(id)).toMatchObject({
    epoch: 2,
    step: 19,
    bestEpoch: 1,
    best: record(1),
    last: record(2),
    sparkline: [1, 0.5],
  });
});

test('epochs after a saved state can be forgotten a few at once, and no others', () => {
  const store = tempStore();
  const id = newRun(store);
  const records = Array.from({ length: 1300 }, (_, i) => ({ epoch: i + 1, step: i + 1, loss: 1 }));
  store.appendRecords(id, records, 1);
  store.saveCheckpoints(id, [{ kind: 'last', epoch: 100, step: 100, bytes: bytesOf(10, 1) }]);
  const left: number[] = [];
  do left.push(store.history(id).length);
  while (store.forgetUnsaved(id));
  expect(left).toEqual([1300, 800, 300]);
  expect(store.history(id)).toEqual(records.slice(0, 100));
  expect(store.forgetUnsaved(id)).toBe(false);
  expect(store.history(id)).toHaveLength(100);
});

test('the epochs of a sparkline are those that it grew from', () => {
  let grown: readonly number[] = [];
  for (let epoch = 1; epoch <= 300; epoch++) {
    grown = extendSparkline(grown, epoch, epoch);
    expect(sparklineEpochs(epoch)).toEqual(grown);
  }
});

test('the sparkline spans the whole run in at most 64 points', () => {
  const store = tempStore();
  const id = newRun(store);
  const records = Array.from({ length: 1000 }, (_, i) => ({ epoch: i + 1, step: i + 1, loss: i + 1 }));
  for (let from = 0; from < 1000; from += 50) store.appendRecords(id, records.slice(from, from + 50), null);
  const { sparkline } = store.getSummary(id);
  expect(sparkline).toEqual(Array.from({ length: 63 }, (_, i) => 1 + i * 16));
});

test('pages follow each other without gaps when runs are made in the same millisecond', () => {
  const store = tempStore(() => 1000);
  const ids = Array.from({ length: 7 }, (_, i) => newRun(store, `run ${i}`));
  const seen: string[] = [];
  let before: number | undefined;
  for (;;) {
    const { runs, total } = store.listRuns({ limit: 3, before });
    expect(total).toBe(7);
    if (runs.length === 0) break;
    seen.push(...runs.map(({ id }) => id));
    before = runs.at(-1)?.createdAt;
  }
  expect(seen).toEqual(ids.reverse());
});

test('one damaged row is marked and hides no other', () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  const store = openStore({ file });
  onTestFinished(() => store.close());
  const [first, second] = [newRun(store), newRun(store)];
  const db = openDatabase({ file });
  db.pragma('ignore_check_constraints = ON');
  db.prepare('UPDATE runs SET tags = ? WHERE id = ?').run('{{{', first);
  closeDatabase(db);
  const { runs } = store.listRuns({ limit: 10 });
  expect(runs.map(({ id, status, reason }) => ({ id, status, reason }))).toEqual([
    { id: second, status: 'running', reason: null },
    { id: first, status: 'failed', reason: 'the record of this run is damaged' },
  ]);
});

test('a hidden run is in no list, can be restored, and is erased with all that belongs to it', () => {
  const store = tempStore();
  const id = newRun(store);
  store.appendRecords(id, [{ epoch: 1, step: 1, loss: 1 }], null);
  store.hideRun(id);
  expect(store.listRuns({ limit: 10 })).toEqual({ runs: [], total: 0 });
  store.restoreRun(id);
  expect(store.countRuns()).toBe(1);
  store.hideRun(id);
  store.eraseHidden();
  expect(() => store.getRun(id)).toThrow(`run ${id}: there is no such run`);
});

test('notes, tags and the document of a run come back', () => {
  const store = tempStore();
  const id = newRun(store);
  store.annotate(id, 'best so far', ['tanh', 'wide']);
  expect(store.getRun(id)).toMatchObject({ notes: 'best so far', tags: ['tanh', 'wide'], document });
});

test('the recovery copy is the newest one kept', () => {
  const store = tempStore(() => 5000);
  expect(store.recoverProject()).toBeNull();
  store.keepProject(document);
  store.keepProject({ ...document, name: 'changed' });
  expect(store.recoverProject()).toEqual({
    document: { ...document, name: 'changed' },
    savedAt: 5000,
    isSaved: false,
    file: null,
  });
});

test('the open document is saved while it is what went to its file; the newest twelve such are recent', () => {
  let now = 0;
  const store = tempStore(() => ++now);
  const named = (name: string) => ({ ...document, name });
  for (let i = 1; i <= 13; i++) store.keepSavedProject(named(`project ${i}`));
  store.keepSavedProject(named('project 5'));
  expect(store.recoverProject()).toMatchObject({ document: named('project 5'), isSaved: true });
  store.keepProject({ ...named('project 5'), data: { kind: 'generator', name: 'xor' } });
  expect(store.recoverProject()).toMatchObject({ isSaved: false });
  const recent = store.recentProjects().map(({ name }) => name);
  expect([recent.length, recent.slice(0, 2), recent.at(-1)]).toEqual([12, ['project 5', 'project 13'], 'project 2']);
  expect([store.recentProject('project 5'), store.recentProject('project 1')]).toEqual([named('project 5'), null]);
});

test('two projects of one name, and two files of one name, are two recent projects', () => {
  let now = 0;
  const store = tempStore(() => ++now);
  const of = (samples: number) => ({ ...document, data: { ...document.data, samples } });
  const file = (name: string, path: string | null = null) => ({ file: { name, path } });
  const first = store.keepSavedProject(of(1), file('a.netloom.json'));
  const other = store.keepSavedProject(of(2), file('b.netloom.json'));
  const strange = store.keepSavedProject(of(3), file('a.netloom.json'));
  const again = store.keepSavedProject(of(4), { ...file('a.netloom.json'), recent: strange });
  const same = store.keepSavedProject(of(1), file('a.netloom.json'));
  const path = '/home/ada/a.netloom.json';
  const placed = store.keepSavedProject(of(5), { ...file('a.netloom.json', path), recent: path });
  expect([again, same]).toEqual([strange, first]);
  expect(store.recentProjects().map((entry) => [entry.recent, entry.file])).toEqual(
    [placed, first, strange, other].map((recent) => [recent, recent === other ? 'b.netloom.json' : 'a.netloom.json']),
  );
  expect([first, other, strange, placed].map((recent) => store.recentProject(recent))).toEqual([1, 2, 4, 5].map(of));
  expect(store.recoverProject()?.file).toEqual({ name: 'a.netloom.json', path, recent: path });
  store.keepProject(of(6), store.recoverProject()?.file);
  expect(store.recoverProject()).toMatchObject({ isSaved: false, file: { recent: path } });
});

test('runs of a process that is gone become interrupted, those of a living one do not', () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  const store = openStore({ file });
  onTestFinished(() => store.close());
  const [alive, dead, finished] = [newRun(store), newRun(store), newRun(store)];
  store.setStatus(finished, 'done');
  const db = openDatabase({ file });
  const owner = String(db.prepare('SELECT owner FROM runs WHERE id = ?').pluck().get(dead));
  // The same process number, started at another time: a later process that was given the number again.
  db.prepare('UPDATE runs SET owner = ? WHERE id = ?').run(`${owner}0`, dead);
  closeDatabase(db);
  expect(store.interruptOrphans()).toEqual([dead]);
  expect([alive, dead, finished].map((id) => store.getSummary(id).status)).toEqual(['running', 'interrupted', 'done']);
});

test('a run that another process trains is not deleted, one of a dead process is', () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  const store = openStore({ file });
  onTestFinished(() => store.close());
  const [own, others] = [newRun(store), newRun(store)];
  const db = openDatabase({ file });
  const setOwner = db.prepare('UPDATE runs SET owner = ? WHERE id = ?');
  setOwner.run(ownerName(process.ppid), others);
  expect(() => store.deleteRun(others)).toThrow(`run ${others}: it is training at this moment`);
  setOwner.run(`${ownerName(process.ppid)}0`, others);
  closeDatabase(db);
  store.deleteRun(others);
  store.deleteRun(own);
  expect(store.countRuns()).toBe(0);
});

test('the held-out rows are kept with the run', () => {
  const store = tempStore();
  const id = newRun(store);
  store.setStarted(id, { parameterCount: 321, validationIndices: Uint32Array.of(3, 1_000_000, 7), epochs: 50 });
  expect(store.source(id)).toEqual({ document, folder: '/data', validationIndices: Uint32Array.of(3, 1_000_000, 7) });
  expect(store.getSummary(id)).toMatchObject({ parameterCount: 321, epochs: 50 });
});

test('a database answers the questions of SCHEMA.md', () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  const store = openStore({ file });
  onTestFinished(() => store.close());
  const id = newRun(store);
  store.appendRecords(id, [{ epoch: 1, step: 8, loss: 0.5, val_loss: 0.25, val_accuracy: 0.97 }], 1);
  const db = openDatabase({ file });
  onTestFinished(() => closeDatabase(db));
  expect(
    db.prepare('SELECT name, optimizer, learning_rate, best_epoch, best_val_loss, seed FROM run_summary').get(),
  ).toEqual({
    name: 'Two spirals',
    optimizer: 'adam',
    learning_rate: 0.02,
    best_epoch: 1,
    best_val_loss: 0.25,
    seed: 42,
  });
  const first = `SELECT run, min(epoch) AS epoch FROM run_metrics WHERE name = 'val_accuracy' AND value >= 0.95 GROUP BY run`;
  expect(db.prepare(first).all()).toEqual([{ run: id, epoch: 1 }]);
});

test.skipIf(process.platform === 'win32')('a store that is taken away takes nothing more, until it is put back', () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  const store = openStore({ file });
  onTestFinished(() => store.close());
  const id = newRun(store);
  renameSync(file, `${file}.away`);
  expect(() => newRun(store)).toThrow(`${file}: the store was moved or deleted while Netloom uses it`);
  writeFileSync(file, 'another file of that name');
  expect(() => newRun(store)).toThrow('the store was moved or deleted');
  renameSync(`${file}.away`, file);
  newRun(store);
  expect([store.countRuns(), store.getSummary(id).status]).toEqual([2, 'running']);
});
