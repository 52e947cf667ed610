/** The thread that writes for a host: order, errors, a thread that dies, and that nobody waits for the disk but it. */
import { createHash } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { Store, openStore } from '../../../src-main/store/store.ts';
import { StoreWriter } from '../../../src-main/store/writer.ts';
import { WRITES } from '../../../src-main/store/writes.ts';
import { PART_BYTES } from '../../../src-main/store/tables/checkpoints.ts';
import { bytesOf, document, tempFolder } from './helpers.ts';

const ENTRY = join(import.meta.dirname, '../../../src-main/store/writer-thread.ts');
/** One whose thread a sign of life kills. */
const MORTAL_ENTRY = join(import.meta.dirname, 'mortal-thread.ts');

function startWriter(entry = ENTRY) {
  const store = openStore({ file: join(tempFolder(), 'netloom.sqlite') });
  const writer = new StoreWriter({ file: store.file, entry });
  onTestFinished(async () => {
    await writer.close();
    store.close();
  });
  const newRun = () => writer.writes.createRun({ document, folder: '/data', epochs: 10, shell: 'browser' });
  return { store, writer, writes: writer.writes, newRun };
}

const record = (epoch: number) => ({ epoch, step: epoch * 8, loss: 1 / epoch });
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('what was asked for is there when it is acknowledged, and calls are done in order', async () => {
  const { store, writes, newRun } = startWriter();
  const id = await newRun();
  const done: string[] = [];
  const steps = [
    writes.appendRecords(id, [record(1), { ...record(2), loss: Number.NaN }], 1).then(() => done.push('records')),
    writes.setStatus(id, 'done').then(() => done.push('status')),
    writes.annotate(id, 'good', ['wide']).then(() => done.push('notes')),
  ];
  await Promise.all(steps);
  expect(done).toEqual(['records', 'status', 'notes']);
  expect(store.history(id)).toEqual([record(1), { ...record(2), loss: Number.NaN }]);
  expect(store.getSummary(id)).toMatchObject({ status: 'done', notes: 'good', tags: ['wide'], epoch: 2 });
});

test('states that arrive in pieces count together, from the last piece on', async () => {
  const { store, writes, newRun } = startWriter();
  const id = await newRun();
  const [best, last] = [bytesOf(700_000, 1), bytesOf(10, 2)];
  const heads = {
    best: { kind: 'best', epoch: 1, step: 8, size: best.byteLength, sha256: sha256(best) },
    last: { kind: 'last', epoch: 2, step: 16, size: last.byteLength, sha256: sha256(last) },
  } as const;
  let keys = await writes.putPart(
    id,
    { ...heads.best, part: 0, bytes: best.subarray(0, PART_BYTES), isComplete: false },
    [],
  );
  keys = await writes.putPart(
    id,
    { ...heads.best, part: 1, bytes: best.subarray(PART_BYTES), isComplete: false },
    keys,
  );
  expect(await store.loadCheckpoint(id, 'best')).toBe(null);
  keys = await writes.putPart(id, { ...heads.last, part: 0, bytes: last, isComplete: true }, keys);
  expect(keys).toEqual([]);
  expect((await store.loadCheckpoint(id, 'best'))?.bytes).toEqual(best);
  expect((await store.loadCheckpoint(id, 'last'))?.bytes).toEqual(last);
});

test('an error of the store arrives as what it is', async () => {
  const { writes } = startWriter();
  await expect(writes.setStarted('nobody', { parameterCount: 1, validationIndices: null, epochs: 1 })).resolves.toBe(
    undefined,
  );
  await expect(writes.appendRecords('nobody', [record(1)], null)).rejects.toMatchObject({
    name: 'AppError',
    code: 'host.no_run',
    detail: { id: 'nobody' },
  });
});

test('the host reads and goes on while another program holds the store, which its writes wait for', async () => {
  const { store, writes, newRun } = startWriter();
  const id = await newRun();
  const other = new Database(store.file);
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  let isWritten = false;
  const written = writes.setStatus(id, 'done').then(() => (isWritten = true));
  for (let turn = 0; turn < 100; turn++) {
    expect(store.getSummary(id).status).toBe('running');
    await new Promise(setImmediate);
  }
  expect(isWritten).toBe(false);
  other.exec('COMMIT');
  await written;
  expect(store.getSummary(id).status).toBe('done');
});

test('a thread that dies fails what waits for it, and the next call has another one', async () => {
  const { store, writes, newRun } = startWriter(MORTAL_ENTRY);
  const id = await newRun();
  const dead = expect(writes.beat()).rejects.toMatchObject({ code: 'host.store_failed' });
  const behind = expect(writes.setStatus(id, 'done')).rejects.toMatchObject({ code: 'host.store_failed' });
  await Promise.all([dead, behind]);
  expect(store.getSummary(id).status).toBe('running');
  await writes.setStatus(id, 'stopped');
  expect(store.getSummary(id).status).toBe('stopped');
});

test('what a dead thread may have written already can be written again', async () => {
  const { store, writes, newRun } = startWriter();
  const id = await newRun();
  const bytes = bytesOf(700_000, 3);
  const head = { kind: 'last', epoch: 2, step: 16, size: bytes.byteLength, sha256: sha256(bytes) } as const;
  const put = (part: number, keys: readonly number[]) => {
    const piece = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
    return writes.putPart(id, { ...head, part, bytes: piece, isComplete: part === 1 }, keys);
  };
  for (let time = 0; time < 2; time++) await writes.appendRecords(id, [record(1), record(2)], 2);
  await put(0, []);
  const keys = await put(0, []);
  for (let time = 0; time < 2; time++) await put(1, keys);
  while (await writes.sweep());
  expect(store.getSummary(id).sparkline).toEqual([1, 0.5]);
  expect(store.history(id)).toEqual([record(1), record(2)]);
  expect((await store.loadCheckpoint(id, 'last'))?.bytes).toEqual(bytes);
  const db = new Database(store.file, { readonly: true });
  onTestFinished(() => void db.close());
  expect(db.prepare('SELECT phase FROM checkpoints').pluck().all()).toEqual(['ready']);
});

test('a store that was taken away after the thread died is not made anew', async () => {
  const { store, writes, newRun } = startWriter(MORTAL_ENTRY);
  const id = await newRun();
  await expect(writes.beat()).rejects.toMatchObject({ code: 'host.store_failed' });
  renameSync(store.file, `${store.file}.away`);
  await expect(writes.setStatus(id, 'done')).rejects.toMatchObject({ code: 'host.store_failed' });
  expect(existsSync(store.file)).toBe(false);
  renameSync(`${store.file}.away`, store.file);
  await writes.setStatus(id, 'done');
  expect(store.getSummary(id).status).toBe('done');
});

test('what was asked for before the end is written, and nothing is taken after it', async () => {
  const { store, writer, writes, newRun } = startWriter();
  const id = await newRun();
  const written = writes.setStatus(id, 'done');
  const closed = writer.close();
  await expect(writes.setStatus(id, 'failed')).rejects.toThrow('the store is open');
  await Promise.all([written, closed]);
  expect(store.getSummary(id).status).toBe('done');
});

test('every call that writes is one of the store', () => {
  expect(WRITES.filter((name) => !(name in Store.prototype))).toEqual([]);
});
