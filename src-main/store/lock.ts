/** One host a data folder: a lock that the kernel releases when its process dies, so that none is ever stale. */
import { accessSync, constants, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../src-core/lib/errors.ts';
import { storeError } from './failures.ts';
import { codeOf, ensureFolder, isAlive, tempPathFor, writeError } from './io.ts';

/** Two that come at the same moment hinder each other for an instant; longer than that, and the place is taken. */
const WAIT_MS = 400;
const OWNER_WAIT_MS = 200;

export interface Owner {
  readonly pid: number;
  /** 'electron' or 'browser'. */
  readonly shell: string;
}

export interface InstanceLock {
  release(): void;
}

/**
 * Takes the folder for this process. Throws AppError 'host.locked' with the owner's process and shell, 'host.lock_unusable',
 * 'host.store_full', and 'file.*' where the folder cannot be written.
 */
export function acquireLock(folder: string, owner: Owner): InstanceLock {
  ensureFolder(folder);
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw writeError(folder, 0, error);
  }
  const db = lockedFile(folder);
  try {
    writeOwner(folder, owner);
  } catch (error) {
    db.close();
    throw lockError(ownerFile(folder), error);
  }
  held.add(db);
  return {
    release: () => {
      held.delete(db);
      db.close();
    },
  };
}

function lockedFile(folder: string): Database.Database {
  const file = join(folder, 'instance.lock');
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { timeout: WAIT_MS });
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db?.close();
    if (!codeOf(error)?.startsWith('SQLITE_BUSY')) throw lockError(file, error);
    throw new AppError('host.locked', { folder, ...readOwner(folder) }, { cause: error });
  }
}

/** A full or read-only disk as for the store; anything else is about this file, which nobody would miss. */
function lockError(file: string, cause: unknown): unknown {
  if (codeOf(cause) === undefined) return cause;
  const known = storeError(file, cause);
  if (known instanceof AppError && ['host.store_full', 'host.store_read_only'].includes(known.code)) return known;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('host.lock_unusable', { file, reason }, { cause });
}

/** A connection that nobody refers to is collected, and its lock with it. */
const held = new Set<Database.Database>();

/** A file beside the lock, because a locked database cannot be read. */
const ownerFile = (folder: string): string => join(folder, 'instance.json');

function writeOwner(folder: string, owner: Owner): void {
  const temp = tempPathFor(ownerFile(folder));
  try {
    writeFileSync(temp, JSON.stringify(owner), { flag: 'wx' });
    renameSync(temp, ownerFile(folder));
  } catch (error) {
    rmSync(temp, { force: true });
    throw error;
  }
}

/** The winner writes its name just after it got the lock: a loser at its heels waits for it. */
function readOwner(folder: string): Owner {
  const until = Date.now() + OWNER_WAIT_MS;
  for (;;) {
    const owner = parseOwner(folder);
    if (owner !== null && isAlive(owner.pid)) return owner;
    if (Date.now() > until) return owner ?? { pid: 0, shell: 'unknown' };
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
}

function parseOwner(folder: string): Owner | null {
  try {
    const { pid, shell } = JSON.parse(readFileSync(ownerFile(folder), 'utf8')) as Partial<Owner>;
    return typeof pid === 'number' && typeof shell === 'string' ? { pid, shell } : null;
  } catch (error) {
    if (codeOf(error) !== undefined || error instanceof SyntaxError) return null;
    throw error;
  }
}
