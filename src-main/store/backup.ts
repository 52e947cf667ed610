/** Copies of the store: checked before they count, a few of the newest kept; and moving a damaged store aside. */
import { existsSync, readdirSync, renameSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../src-core/lib/errors.ts';
import { backupsFolder } from './folder.ts';
import { ensureFolder } from './io.ts';

const KEPT = 7;
const NAME = /^netloom-.+\.sqlite$/;

/** Copies an open store to the folder "backups" beside it and verifies the copy; answers with its path. */
export function backUp(db: Database.Database, file: string, why: string): string {
  const folder = backupsFolder(dirname(file));
  ensureFolder(folder);
  const path = join(folder, `netloom-${stamp(new Date())}-${why}.sqlite`);
  db.prepare('VACUUM INTO ?').run(path);
  verify(path);
  prune(folder);
  return path;
}

/** Newest first. */
export function listBackups(file: string): string[] {
  const folder = backupsFolder(dirname(file));
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => NAME.test(name));
  return names
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

/** Throws AppError 'host.store_damaged' when the copy cannot be relied on. */
export function verify(path: string): void {
  const copy = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const answer = String(copy.pragma('quick_check(1)', { simple: true }));
    if (answer !== 'ok') throw new AppError('host.store_damaged', { file: path, reason: answer });
  } finally {
    copy.close();
  }
}

function prune(folder: string): void {
  const names = readdirSync(folder).filter((name) => NAME.test(name));
  for (const name of names.sort().slice(0, -KEPT)) unlinkSync(join(folder, name));
}

/** Renames a store that is not open to `<file>.corrupt-<time>`, never deleting it; answers with the new name. */
export function setAside(file: string): string {
  const aside = `${file}.corrupt-${stamp(new Date())}`;
  for (const end of ['-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, aside + end);
  renameSync(file, aside);
  return aside;
}

/** ISO time that every file system takes in a name and that sorts by age. */
function stamp(time: Date): string {
  return time.toISOString().replaceAll(':', '-');
}
