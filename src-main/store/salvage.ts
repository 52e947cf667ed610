/** Puts a sound store in the place of a damaged one: the newest good backup, and every run of the damaged file that can be read. */
import { copyFileSync, existsSync, renameSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { AppError } from '../../src-core/lib/errors.ts';
import { listBackups, setAside, verify } from './backup.ts';
import { guarded } from './failures.ts';
import { codeOf, syncFolderNow, tempPathFor } from './io.ts';
import { closeDatabase, openDatabase } from './open.ts';
import { DamagedStore, type ReadRun, type Row } from './salvage-read.ts';

export interface Salvage {
  /** Runs in the store now. */
  readonly runs: number;
  /** Of them, those that the damaged file itself gave. */
  readonly read: number;
  /** Runs that have lost a saved state: they can be looked at and perhaps not resumed. */
  readonly withoutState: number;
  /** Rows of runs that could not be read and were in no backup. */
  readonly lost: number;
  /** Where the damaged file is now, unchanged. */
  readonly aside: string;
  readonly backup: string | null;
}

/** What became of it, in a few lines. */
export function salvageText({ runs, read, withoutState, lost, aside, backup }: Salvage): string {
  return [
    `${runs} runs are in the store now, ${read} of them read from the damaged file`,
    ...(backup === null ? [] : [`the others come from the backup ${backup}`]),
    ...(withoutState === 0 ? [] : [`${withoutState} have lost a saved state`]),
    ...(lost === 0 ? [] : [`${lost} could not be read`]),
    `the damaged file is kept as ${aside}`,
  ].join('\n');
}

/** The damaged file must not be open here, and nobody else may write to it. Throws AppError 'host.store_sound' when nothing is wrong with it. */
export function salvageStore(file: string): Salvage {
  checkDamaged(file);
  const temp = tempPathFor(file);
  const backup = newestGoodBackup(file);
  try {
    if (backup !== null) copyFileSync(backup, temp);
    const told = fill(file, temp);
    verify(temp);
    const aside = setAside(file);
    renameSync(temp, file);
    syncFolderNow(dirname(file));
    return { ...told, aside, backup };
  } finally {
    for (const end of ['', '-wal', '-shm']) if (existsSync(temp + end)) unlinkSync(temp + end);
  }
}

function checkDamaged(file: string): void {
  try {
    closeDatabase(openDatabase({ file }));
  } catch (error) {
    if (error instanceof AppError && error.code === 'host.store_damaged') return;
    throw error;
  }
  throw new AppError('host.store_sound', { file });
}

function newestGoodBackup(file: string): string | null {
  const isGood = (path: string): boolean => {
    try {
      guarded(path, () => verify(path));
      return true;
    } catch (error) {
      if (error instanceof AppError) return false; // an older one may be good
      throw error;
    }
  };
  return listBackups(file).find(isGood) ?? null;
}

function fill(file: string, temp: string): Omit<Salvage, 'aside' | 'backup'> {
  const target = openDatabase({ file: temp });
  try {
    const told = { read: 0, withoutState: 0, lost: 0 };
    const source = openDamaged(file);
    if (source !== null) {
      copyAll(source, target, told);
      source.close();
    }
    const runs = Number(target.prepare('SELECT count(*) FROM runs').pluck().get());
    target.pragma('wal_checkpoint(TRUNCATE)');
    return { ...told, runs };
  } finally {
    closeDatabase(target);
  }
}

/** Null when not even the list of tables can be read: then the backup is all there is. */
function openDamaged(file: string): DamagedStore | null {
  try {
    return new DamagedStore(file);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function copyAll(
  source: DamagedStore,
  target: Database.Database,
  told: { read: number; withoutState: number; lost: number },
): void {
  for (const project of source.projects()) tryToPut(target, () => insert(target, 'projects', project, 'OR REPLACE '));
  const known = target.prepare<[string], { epoch: number }>('SELECT epoch FROM runs WHERE id = ?');
  for (const key of source.runKeys()) {
    const run = source.run(key);
    if (run === null) {
      told.lost++;
      continue;
    }
    const older = known.get(String(run.row['id']));
    // What the backup has is whole; the damaged file's counts where it is whole too, and as far.
    const isBetter = older === undefined || (run.damagedStates === 0 && Number(run.row['epoch']) >= older.epoch);
    if (!isBetter) continue;
    if (tryToPut(target, () => putRun(target, run))) {
      told.read++;
      if (run.damagedStates > 0) told.withoutState++;
    } else if (older === undefined) told.lost++;
  }
}

/** All of it or nothing; false when it breaks a rule of the table, as damaged values do. */
function tryToPut(target: Database.Database, put: () => void): boolean {
  try {
    target.transaction(put).immediate();
    return true;
  } catch (error) {
    if (codeOf(error)?.startsWith('SQLITE_CONSTRAINT') !== true) throw error;
    return false;
  }
}

function putRun(target: Database.Database, { row, metrics, states }: ReadRun): void {
  target.prepare('DELETE FROM runs WHERE id = ?').run(row['id']);
  const run = insert(target, 'runs', without(row, 'key'));
  for (const metric of metrics) insert(target, 'metrics', { ...metric, run });
  for (const { head, parts } of states) {
    const checkpoint = insert(target, 'checkpoints', { ...without(head, 'key'), run, run_id: row['id'] });
    for (const part of parts) insert(target, 'checkpoint_parts', { ...part, checkpoint });
  }
}

function without(row: Row, name: string): Row {
  return Object.fromEntries(Object.entries(row).filter(([key]) => key !== name));
}

/** Answers with the key of the new row. */
function insert(target: Database.Database, table: string, row: Row, or: 'OR REPLACE ' | '' = ''): number {
  const names = Object.keys(row);
  const values = names.map((name) => `@${name}`).join(', ');
  const { lastInsertRowid } = target
    .prepare(`INSERT ${or}INTO ${table} (${names.join(', ')}) VALUES (${values})`)
    .run(row);
  return Number(lastInsertRowid);
}
