/** Kills a migration at every write that reaches the system, one after the other, and looks at what is left each time. reliability.md T06. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { listBackups } from '../../src-main/store/backup.ts';
import { backupsFolder } from '../../src-main/store/folder.ts';
import { migrations } from '../../src-main/store/migrations/all.ts';
import { closeDatabase, openDatabase } from '../../src-main/store/open.ts';

const WRITER = join(import.meta.dirname, 'migration-writer.ts');

/** Watching system calls is something that some machines have not, or forbid. */
export const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

/** A store of the first version with something in it. */
export function makeOld(file: string): void {
  const db = openDatabase({ file, migrations: migrations.slice(0, 1) });
  const add = db.prepare(`INSERT INTO runs (id, name, status, document, config_sha256, folder, created_ms, updated_ms,
    epochs, shell) VALUES (?, 'old', 'done', '{}', '', '', ?, 1, 1, 'cli')`);
  for (let i = 1; i <= 50; i++) add.run(`run-${i}`, i);
  closeDatabase(db);
}

interface Look {
  readonly version: number;
  readonly schema: string;
  readonly runs: number;
}

function look(file: string): Look {
  const db = new Database(file);
  try {
    const text = JSON.stringify(db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all());
    return {
      version: Number(db.pragma('user_version', { simple: true })),
      schema: createHash('sha256').update(text).digest('hex'),
      runs: Number(db.prepare('SELECT count(*) FROM runs').pluck().get()),
    };
  } finally {
    db.close();
  }
}

export interface Kills {
  /** Every kill is at another write; the last of them came after the end. */
  readonly kills: number;
  readonly wrong: string[];
}

/** @param every kills at every so many writes only; 1 is all of them */
export function killMigrations(folder: string, { every = 1, how = '' } = {}): Kills {
  const [base, file] = [join(folder, 'base.sqlite'), join(folder, 'netloom.sqlite')];
  makeOld(base);
  const old = look(base);
  copyFileSync(base, file);
  closeDatabase(openDatabase({ file }));
  const done = look(file);
  const wrong: string[] = [];
  for (let kill = 1; ; kill += every) {
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
    rmSync(backupsFolder(dirname(file)), { recursive: true, force: true });
    copyFileSync(base, file);
    const inject = ['-e', 'trace=pwrite64', '-e', `inject=pwrite64:signal=KILL:when=${kill}`];
    const { status } = spawnSync('strace', ['-f', '-o', '/dev/null', ...inject, process.execPath, WRITER, file, how]);
    if (status === 0) return { kills: kill, wrong };
    const left = look(file);
    const isWhole = [old, done].some(({ version, schema }) => version === left.version && schema === left.schema);
    if (!isWhole) wrong.push(`kill ${kill}: version ${left.version} with another schema`);
    if (left.runs !== old.runs) wrong.push(`kill ${kill}: ${left.runs} runs`);
    if (left.version > old.version && listBackups(file).length === 0) wrong.push(`kill ${kill}: no backup was made`);
  }
}
