/** Which files the store opens, which it refuses, and that a refused file is left as it was. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { listBackups, setAside } from '../../../src-main/store/backup.ts';
import { APPLICATION_ID, type Migration } from '../../../src-main/store/migrate.ts';
import { migrations } from '../../../src-main/store/migrations/all.ts';
import { closeDatabase, openDatabase } from '../../../src-main/store/open.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { newRun, tempFolder } from './helpers.ts';

const NEWEST = migrations.length;
const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

function aStore(): string {
  const file = join(tempFolder(), 'netloom.sqlite');
  const store = openStore({ file });
  newRun(store);
  store.close();
  return file;
}

function change(file: string, pragma: string): void {
  const db = new Database(file);
  db.pragma(pragma);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

test('every commit reaches the disk: the level is still FULL after a write, references hold, SQLite has no known bug', () => {
  const file = aStore();
  const db = openDatabase({ file });
  onTestFinished(() => closeDatabase(db));
  db.exec(`UPDATE runs SET notes = 'x'`);
  expect(db.pragma('synchronous', { simple: true })).toBe(2);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(db.pragma('trusted_schema', { simple: true })).toBe(0);
  expect(db.pragma('application_id', { simple: true })).toBe(Buffer.from('NTLM').readInt32BE());
  const [major = 0, minor = 0, patch = 0] = String(db.prepare('SELECT sqlite_version()').pluck().get())
    .split('.')
    .map(Number);
  expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(3_051_003); // the WAL-reset bug is fixed there
});

test.each([NEWEST + 1, NEWEST + 2, NEWEST + 5, 2 ** 31 - 1])(
  'a store of version %i is refused and left as it is',
  (version) => {
    const file = aStore();
    change(file, `user_version = ${version}`);
    const before = hashOf(file);
    expect(() => openStore({ file })).toThrow(
      `${file}: made by a newer version of Netloom (store version ${version}, this program knows ${NEWEST})`,
    );
    expect(hashOf(file)).toBe(before);
    expect(readdirSync(dirname(file))).toEqual(['netloom.sqlite']);
  },
);

test.each(['user_version = -1', 'user_version = 0', 'application_id = 1'])(
  'a database with %s is refused and left as it is',
  (pragma) => {
    const file = aStore();
    change(file, pragma);
    const before = hashOf(file);
    expect(() => openStore({ file })).toThrow('expected a Netloom store');
    expect(hashOf(file)).toBe(before);
    expect(readdirSync(dirname(file))).toEqual(['netloom.sqlite']);
  },
);

test.each([
  ['text', 'hello, this is not a database at all'.repeat(10)],
  ['a short file', 'x'],
])('%s in its place is refused and left as it is', (_what, content) => {
  const file = join(tempFolder(), 'netloom.sqlite');
  writeFileSync(file, content);
  expect(() => openStore({ file })).toThrow('got another kind of file');
  expect(readFileSync(file, 'utf8')).toBe(content);
});

test('an empty file means that something was lost: no new store takes its place by itself', () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  writeFileSync(file, '');
  expect(() => openStore({ file })).toThrow('the store is damaged (the file is empty)');
});

test('a folder in its place is refused', () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  mkdirSync(file);
  expect(() => openStore({ file })).toThrow('something that is not a file');
});

test('a damaged store is refused, and moved aside only when asked', () => {
  const file = aStore();
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(4096 * 3, 0xff), 0, 4096 * 3, 4096);
  closeSync(handle);
  const before = hashOf(file);
  expect(() => openStore({ file })).toThrow('the store is damaged');
  expect(hashOf(file)).toBe(before);
  const aside = setAside(file);
  expect(aside).toMatch(/netloom\.sqlite\.corrupt-\d{4}-/);
  expect(hashOf(aside)).toBe(before);
  const fresh = openStore({ file });
  expect(fresh.countRuns()).toBe(0);
  fresh.close();
});

test.each([
  ['projects', `INSERT INTO projects (slot, name, document, saved_ms) VALUES ('current', 'x', '{"cut off', 1)`],
  ['runs', `UPDATE runs SET document = '{"cut off'`],
])('a document in %s that is no JSON is found when the store is opened', (_table, damage) => {
  const file = aStore();
  const db = new Database(file);
  db.pragma('ignore_check_constraints = ON');
  db.exec(damage);
  db.close();
  expect(() => openStore({ file })).toThrow('the store is damaged (CHECK constraint failed');
});

test('a number that a CHECK forbids is refused after the check of the file too', () => {
  const db = openDatabase({ file: aStore() });
  onTestFinished(() => closeDatabase(db));
  expect(() => db.exec(`UPDATE runs SET epoch = -1`)).toThrow('CHECK constraint failed');
});

const next: Migration = { version: NEWEST + 1, sql: 'ALTER TABLE runs ADD COLUMN colour TEXT' };

test('an older store is brought up to date, after a copy of it was made and checked', () => {
  const file = aStore();
  const db = openDatabase({ file, migrations: [...migrations, next] });
  expect(db.pragma('user_version', { simple: true })).toBe(NEWEST + 1);
  expect(db.prepare('SELECT count(colour), count(*) FROM runs').raw().get()).toEqual([0, 1]);
  closeDatabase(db);
  const [backup, ...others] = listBackups(file);
  expect(others).toEqual([]);
  const copy = new Database(String(backup), { readonly: true });
  onTestFinished(() => void copy.close());
  expect(copy.pragma('user_version', { simple: true })).toBe(NEWEST);
  expect(copy.prepare('SELECT count(*) FROM runs').pluck().get()).toBe(1);
});

test('a copy from the backups works in the place of the store', () => {
  const file = aStore();
  closeDatabase(openDatabase({ file, migrations: [...migrations, next] }));
  const [backup = ''] = listBackups(file);
  const elsewhere = join(tempFolder(), 'netloom.sqlite');
  writeFileSync(elsewhere, readFileSync(backup));
  const store = openStore({ file: elsewhere });
  onTestFinished(() => store.close());
  expect(store.countRuns()).toBe(1);
});

test('a store is backed up once a day, and the newest seven copies are kept', () => {
  const folder = tempFolder();
  const file = join(folder, 'netloom.sqlite');
  let now = Date.now();
  const store = openStore({ file, now: () => now });
  onTestFinished(() => store.close());
  store.backUpDaily();
  expect(listBackups(file)).toEqual([]); // nothing to lose yet
  newRun(store);
  store.backUpDaily();
  store.backUpDaily();
  expect(listBackups(file)).toHaveLength(1);
  for (let day = 0; day < 8; day++) {
    now += 25 * 60 * 60 * 1000;
    newRun(store);
    store.backUpDaily();
  }
  expect(listBackups(file)).toHaveLength(7);
  const copy = new Database(String(listBackups(file)[0]), { readonly: true });
  onTestFinished(() => void copy.close());
  expect(copy.prepare('SELECT count(*) FROM runs').pluck().get()).toBe(9);
  expect(readdirSync(join(folder, 'backups')).filter((name) => !name.endsWith('.sqlite'))).toEqual([]);
});

test('saved states of a first-version store still load: each learns whose it is', async () => {
  const file = join(tempFolder(), 'netloom.sqlite');
  closeDatabase(openDatabase({ file, migrations: migrations.slice(0, 1) }));
  const old = new Database(file);
  old.exec(`INSERT INTO runs (id, name, status, document, config_sha256, folder, created_ms, updated_ms, epochs, shell)
    VALUES ('old-run', 'old', 'done', '{}', '', '', 1, 1, 1, 'cli')`);
  const sha256 = createHash('sha256').update('state').digest('hex');
  old.exec(`INSERT INTO checkpoints (run, kind, epoch, step, saved_ms, size, sha256, phase)
    VALUES (1, 'last', 1, 1, 1, 5, '${sha256}', 'ready');
    INSERT INTO checkpoint_parts (checkpoint, part, bytes) VALUES (1, 0, CAST('state' AS BLOB))`);
  old.close();
  const store = openStore({ file });
  onTestFinished(() => store.close());
  expect(Buffer.from((await store.loadCheckpoint('old-run', 'last'))?.bytes ?? []).toString()).toBe('state');
});

test('a migration that fails leaves the store as it was', () => {
  const file = aStore();
  const failing: Migration = {
    version: NEWEST + 1,
    sql: 'ALTER TABLE runs ADD COLUMN colour TEXT; SELECT * FROM no_such_table',
  };
  expect(() => openDatabase({ file, migrations: [...migrations, failing] })).toThrow('no such table');
  const db = new Database(file, { readonly: true });
  onTestFinished(() => void db.close());
  expect(db.pragma('user_version', { simple: true })).toBe(NEWEST);
  expect(db.prepare(`SELECT count(*) FROM pragma_table_info('runs') WHERE name = 'colour'`).pluck().get()).toBe(0);
});

test('the first release numbers its schema 1 and names its maker', () => {
  expect(migrations[0].version).toBe(1);
  expect(APPLICATION_ID).toBe(Buffer.from('NTLM').readInt32BE());
});

test('two programs write to one store', () => {
  const file = aStore();
  const [window, command] = [openStore({ file }), openStore({ file })];
  onTestFinished(() => window.close());
  onTestFinished(() => command.close());
  newRun(window);
  newRun(command);
  newRun(window);
  expect([window.countRuns(), command.countRuns()]).toEqual([4, 4]);
});

test('a writer waits for another one, and says so when that takes more than five seconds', () => {
  const file = aStore();
  const [store, other] = [openStore({ file }), new Database(file)];
  onTestFinished(() => store.close());
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  const from = performance.now();
  expect(() => newRun(store)).toThrow('another program is writing to the store and did not finish within 5 seconds');
  expect(performance.now() - from).toBeGreaterThan(4900);
  other.exec('COMMIT');
  newRun(store);
  expect(store.countRuns()).toBe(2);
});

test('a new store leaves nothing beside it', () => {
  const folder = tempFolder();
  const store = openStore({ file: join(folder, 'deep', 'netloom.sqlite') });
  store.close();
  expect(readdirSync(join(folder, 'deep'))).toEqual(['netloom.sqlite']);
  expect(existsSync(join(folder, 'netloom.sqlite'))).toBe(false);
});
