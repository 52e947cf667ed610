/** Brings a store to the newest version, one transaction a step: after a crash it is wholly old or wholly new. */
import type Database from 'better-sqlite3';
import { assert } from '../../src-core/lib/assert.ts';

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** Four ASCII bytes in the file's header that say whose it is: "NTLM". */
export const APPLICATION_ID = 0x4e_54_4c_4d;

export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/** Applies what is missing. Another process may do the same at this moment: the version is read again under the lock. */
export function migrate(db: Database.Database, migrations: readonly Migration[]): void {
  migrations.forEach(({ version }, i) => assert(version === i + 1, `migration ${i + 1} has version ${version}`));
  for (const migration of migrations) {
    db.transaction(() => {
      if (versionOf(db) >= migration.version) return;
      db.exec(migration.sql);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${migration.version}`);
    }).immediate();
  }
}

export function versionOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}
