/** What all of the store stands on: the tables of one connection, and how they are read and changed. */
import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { RunSummary } from '../../src-core/contract/records.ts';
import { assert } from '../../src-core/lib/assert.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { guarded } from './failures.ts';
import { closeDatabase } from './open.ts';
import { checkpointsTable } from './tables/checkpoints.ts';
import { metricsTable } from './tables/metrics.ts';
import { projectsTable } from './tables/projects.ts';
import { runsTable } from './tables/runs.ts';

export abstract class StoreCore {
  readonly file: string;
  /** The file as a thing of the file system, whatever its name. */
  readonly #place: string;
  protected readonly db: Database.Database;
  protected readonly now: () => number;
  protected readonly projects: ReturnType<typeof projectsTable>;
  protected readonly runs: ReturnType<typeof runsTable>;
  protected readonly metrics: ReturnType<typeof metricsTable>;
  protected readonly checkpoints: ReturnType<typeof checkpointsTable>;

  constructor(db: Database.Database, file: string, now: () => number) {
    this.file = file;
    this.#place = placeOf(file);
    this.db = db;
    this.now = now;
    this.projects = projectsTable(db);
    this.runs = runsTable(db);
    this.metrics = metricsTable(db);
    this.checkpoints = checkpointsTable(db);
  }

  /** Several of these calls as one transaction. */
  atomically(work: () => void): void {
    this.write(work);
  }
  close(): void {
    if (this.db.open) closeDatabase(this.db);
  }

  protected key(id: string): number {
    const key = this.runs.key(id);
    if (key === null) throw new AppError('host.no_run', { id });
    return key;
  }
  protected summary(id: string): RunSummary {
    const summary = this.runs.summary(id);
    if (summary === null) throw new AppError('host.no_run', { id });
    return summary;
  }

  protected read<T>(work: () => T): T {
    return guarded(this.file, work);
  }
  /** BEGIN IMMEDIATE: a deferred transaction that turns to writing fails at once instead of waiting for another writer. */
  protected write<T>(work: () => T): T {
    assert(this.db.open, 'the store is open');
    if (this.db.inTransaction) return work();
    // SQLite goes on writing into a deleted file, and all of it would be lost at the end.
    if (placeOf(this.file) !== this.#place) throw new AppError('host.store_gone', { file: this.file });
    return guarded(this.file, () => this.db.transaction(work).immediate());
  }
}

function placeOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.dev}:${stat.ino}`;
}
