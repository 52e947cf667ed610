/** Table `metrics`: one row a number, epoch by epoch. */
import type Database from 'better-sqlite3';
import type { EpochRecord } from '../../../src-core/contract/records.ts';
import { kindOf, metricsOf } from '../records.ts';

interface MetricRow {
  readonly epoch: number;
  readonly step: number;
  readonly name: string;
  readonly value: number | null;
}

export function metricsTable(db: Database.Database) {
  const clear = db.prepare<[number, number]>('DELETE FROM metrics WHERE run = ? AND epoch = ?');
  const clearAfter = db.prepare<[number, number]>('DELETE FROM metrics WHERE run = ? AND epoch > ?');
  const add = db.prepare<[number, number, number, number, string, number, string]>(
    'INSERT INTO metrics (run, epoch, position, step, name, value, kind) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const all = db.prepare<[number], MetricRow>(
    'SELECT epoch, step, name, value FROM metrics WHERE run = ? ORDER BY epoch, position',
  );
  const one = db.prepare<[number, number], MetricRow>(
    'SELECT epoch, step, name, value FROM metrics WHERE run = ? AND epoch = ? ORDER BY position',
  );
  const part = db.prepare<[number, string, number, number], { epoch: number; value: number | null }>(
    'SELECT epoch, value FROM metrics WHERE run = ? AND name = ? AND epoch >= ? AND epoch < ? ORDER BY epoch',
  );
  // One lookup each: asked for both in one query, SQLite reads every row of the run.
  const ends = db.prepare<[number, number], { first: number | null; last: number | null }>(
    `SELECT (SELECT min(epoch) FROM metrics WHERE run = ?) AS first,
       (SELECT max(epoch) FROM metrics WHERE run = ?) AS last`,
  );
  return {
    /** Values of one metric from an epoch to before another. */
    part: (run: number, name: string, [from, to]: readonly [number, number]) => part.all(run, name, from, to),
    /** First and last epoch; null without any. */
    ends: (run: number): readonly [number, number] | null => {
      const { first, last } = ends.get(run, run) ?? { first: null, last: null };
      return first === null || last === null ? null : [first, last];
    },
    /** Replaces the epoch's row: a resumed run writes some epochs again. */
    put(run: number, record: EpochRecord): void {
      clear.run(run, record.epoch);
      metricsOf(record).forEach(([name, value], i) => {
        add.run(run, record.epoch, i, record.step, name, value, kindOf(value));
      });
    },
    /** Forgets what came after `epoch`. */
    truncate(run: number, epoch: number): void {
      clearAfter.run(run, epoch);
    },
    at: (run: number, epoch: number): EpochRecord | null => recordsOf(one.iterate(run, epoch))[0] ?? null,
    history: (run: number): EpochRecord[] => recordsOf(all.iterate(run)),
  };
}

/** Rows in the order of epochs, then of their metrics, as one record an epoch. */
function recordsOf(rows: Iterable<MetricRow>): EpochRecord[] {
  const records: Record<string, number>[] = [];
  for (const row of rows) {
    let record = records.at(-1);
    if (record?.['epoch'] !== row.epoch) records.push((record = { epoch: row.epoch, step: row.step }));
    record[row.name] = row.value ?? Number.NaN;
  }
  return records.map((record) => ({ epoch: 0, step: 0, loss: Number.NaN, ...record }));
}
