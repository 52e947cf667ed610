/** Opens the database file: checks whose it is, which version and whether it is sound, before anything is written. */
import { closeSync, existsSync, linkSync, openSync, readSync, renameSync, statSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { assert } from '../../src-core/lib/assert.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { backUp } from './backup.ts';
import { guarded } from './failures.ts';
import { codeOf, ensureFolder, syncFolderNow, tempPathFor } from './io.ts';
import { APPLICATION_ID, migrate, newestVersion, versionOf, type Migration } from './migrate.ts';
import { migrations as allMigrations } from './migrations/all.ts';

const BUSY_TIMEOUT_MS = 5000;
const FULL = 2;

export interface OpenOptions {
  readonly file: string;
  readonly migrations?: readonly Migration[];
  /** Another thread of this process has opened it and keeps it open: nothing is looked at again, least of all with plain calls. */
  readonly isChecked?: boolean;
}

/** Files this process holds open: reading one with plain calls would drop SQLite's locks on it (POSIX). */
const held = new Map<string, number>();

/** The connection, ready to use. Throws AppError 'host.store_*'; a file it refuses is left as it was, byte for byte. */
export function openDatabase({ file, migrations = allMigrations, isChecked = false }: OpenOptions): Database.Database {
  return guarded(file, () => {
    const known = newestVersion(migrations);
    if (!isChecked) checkFile(file, migrations);
    const db = connect(file, { fileMustExist: true });
    try {
      checkVersion(file, versionOf(db), known);
      if (!isChecked) prepare(file, db, migrations);
      checkDurable(db);
    } catch (error) {
      closeDatabase(db);
      throw error;
    }
    return db;
  });
}

export function closeDatabase(db: Database.Database): void {
  db.close();
  const count = held.get(db.name) ?? 0;
  if (count > 1) held.set(db.name, count - 1);
  else held.delete(db.name);
}

/** Before SQLite touches it; where there is none it is made. */
function checkFile(file: string, migrations: readonly Migration[]): void {
  if (!existsSync(file)) createFile(file, migrations);
  if (!held.has(file)) checkHeader(file, newestVersion(migrations));
}

/** Sound, in the right mode and of the newest version. */
function prepare(file: string, db: Database.Database, migrations: readonly Migration[]): void {
  checkSound(file, db);
  db.pragma('journal_mode = WAL'); // a copy brought back from the backups is not
  if (versionOf(db) === newestVersion(migrations)) return;
  backUp(db, file, `v${versionOf(db)}`);
  migrate(db, migrations);
  db.pragma('wal_checkpoint(TRUNCATE)');
}

function connect(file: string, { fileMustExist = false } = {}): Database.Database {
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS, fileMustExist });
  held.set(file, (held.get(file) ?? 0) + 1);
  try {
    db.pragma('cell_size_check = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('mmap_size = 0');
    db.pragma('foreign_keys = ON');
    // This build falls back to NORMAL in WAL mode, which may lose acknowledged rows in a power cut; asked for, FULL stays.
    db.pragma('synchronous = FULL');
    db.pragma('checkpoint_fullfsync = ON');
    db.pragma('journal_size_limit = 67108864');
    db.pragma('cache_size = -4000'); // KiB: the host stays as small after a thousand runs as after ten
  } catch (error) {
    closeDatabase(db);
    throw error;
  }
  return db;
}

/** A new store appears whole: made beside its place and linked in, so that an empty file always means damage. */
function createFile(file: string, migrations: readonly Migration[]): void {
  ensureFolder(dirname(file));
  const temp = tempPathFor(file);
  try {
    const db = connect(temp);
    try {
      db.pragma('auto_vacuum = INCREMENTAL');
      db.pragma('journal_mode = WAL');
      migrate(db, migrations);
    } finally {
      closeDatabase(db);
    }
    placeNew(temp, file);
  } finally {
    for (const path of [temp, `${temp}-wal`, `${temp}-shm`]) if (existsSync(path)) unlinkSync(path);
  }
}

/** Never over a store that another process put there first. */
function placeNew(temp: string, file: string): void {
  try {
    linkSync(temp, file);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (existsSync(file)) throw error;
    renameSync(temp, file); // a file system without hard links
  }
  syncFolderNow(dirname(file));
}

const HEADER_BYTES = 100;
const VERSION_AT = 60;
const APPLICATION_AT = 68;

/** Reads the header with plain calls: SQLite itself would already leave -wal and -shm beside a file we then refuse. */
function checkHeader(file: string, known: number): void {
  if (!statSync(file).isFile())
    throw new AppError('host.store_foreign', { file, what: 'something that is not a file' });
  const header = Buffer.alloc(HEADER_BYTES);
  const handle = openSync(file, 'r');
  const length = readSync(handle, header, 0, HEADER_BYTES, 0);
  closeSync(handle);
  if (length === 0) throw new AppError('host.store_damaged', { file, reason: 'the file is empty' });
  if (length < HEADER_BYTES || header.toString('latin1', 0, 16) !== 'SQLite format 3\0')
    throw new AppError('host.store_foreign', { file, what: 'another kind of file' });
  if (header.readInt32BE(APPLICATION_AT) !== APPLICATION_ID)
    throw new AppError('host.store_foreign', { file, what: 'a database of another program' });
  checkVersion(file, header.readInt32BE(VERSION_AT), known);
}

function checkVersion(file: string, found: number, known: number): void {
  if (found > known) throw new AppError('host.store_newer', { file, found, known });
  if (found < 1) throw new AppError('host.store_foreign', { file, what: `a database with store version ${found}` });
}

/** Tables whose CHECKs are looked at again: a document that is no JSON is found here. Those of millions of numbers tell nothing. */
const RECHECKED = ['projects', 'runs', 'checkpoints'] as const;

/** Every page and every row, then the CHECKs of the tables of records: over all tables these cost four times the rest. */
function checkSound(file: string, db: Database.Database): void {
  db.pragma('ignore_check_constraints = ON');
  const answers = [db.pragma('quick_check(1)', { simple: true })];
  db.pragma('ignore_check_constraints = OFF');
  if (answers[0] === 'ok')
    answers.push(...RECHECKED.map((name) => db.pragma(`quick_check(${name})`, { simple: true })));
  const reason = answers.find((answer) => answer !== 'ok');
  if (reason !== undefined) throw new AppError('host.store_damaged', { file, reason: String(reason) });
}

/** After a write, because only then does this build of SQLite show the level it really uses. */
function checkDurable(db: Database.Database): void {
  db.transaction(() => db.pragma(`user_version = ${versionOf(db)}`)).immediate();
  assert(Number(db.pragma('synchronous', { simple: true })) === FULL, 'commits of the store reach the disk');
  assert(Number(db.pragma('foreign_keys', { simple: true })) === 1, 'the store keeps its references');
}
