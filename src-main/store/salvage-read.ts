/** Reads what can be read of a damaged store: row by row, stepping over what is gone. */
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { AppError } from '../../src-core/lib/errors.ts';
import { guarded } from './failures.ts';

/** Columns by name, as they stand in the table. */
export type Row = Readonly<Record<string, unknown>>;

export interface SavedState {
  readonly head: Row;
  /** Number and bytes of each piece. */
  readonly parts: readonly Row[];
}

/** One run with all that belongs to it and could be read. */
export interface ReadRun {
  readonly row: Row;
  readonly metrics: readonly Row[];
  readonly states: readonly SavedState[];
  /** States of which a piece is missing or wrong. */
  readonly damagedStates: number;
}

/** A gap of keys longer than this is no gap in a run store, but a damaged key at its end. */
const LONGEST_GAP = 100_000;

export class DamagedStore {
  readonly #file: string;
  readonly #db: Database.Database;

  constructor(file: string) {
    this.#file = file;
    this.#db = guarded(file, () => new Database(file, { readonly: true, fileMustExist: true }));
    this.#db.pragma('cell_size_check = ON');
    this.#db.pragma('trusted_schema = OFF');
  }

  close(): void {
    this.#db.close();
  }

  /** Keys of the runs that are there, whether or not their rows can be read. */
  runKeys(): number[] {
    return this.#keys('runs');
  }

  /** Null when the row itself is gone. */
  run(key: number): ReadRun | null {
    const row = this.#one('SELECT * FROM runs WHERE key = ?', key);
    if (row === null || typeof row['id'] !== 'string') return null;
    const metrics = this.#asFarAsPossible('SELECT * FROM metrics WHERE run = ? ORDER BY epoch, position', key);
    // A store of the first version names a state's run only by its key.
    const heads = this.#states().filter(({ run, run_id: id = row['id'] }) => run === key && id === row['id']);
    const states = heads.map((head) => this.#state(head)).filter((state) => state !== null);
    return { row, metrics, states, damagedStates: heads.length - states.length };
  }

  projects(): readonly Row[] {
    return this.#asFarAsPossible('SELECT * FROM projects');
  }

  #heads: readonly Row[] | null = null;
  #states(): readonly Row[] {
    this.#heads ??= this.#keys('checkpoints').flatMap((key) => {
      const head = this.#one('SELECT * FROM checkpoints WHERE key = ?', key);
      return head !== null && head['phase'] === 'ready' ? [head] : [];
    });
    return this.#heads;
  }

  /** With all its pieces, and only when they are what was saved. */
  #state(head: Row): SavedState | null {
    const parts = this.#asFarAsPossible(
      'SELECT part, bytes FROM checkpoint_parts WHERE checkpoint = ? ORDER BY part',
      Number(head['key']),
    );
    const hash = createHash('sha256');
    for (const { bytes } of parts) if (bytes instanceof Uint8Array) hash.update(bytes);
    return hash.digest('hex') === head['sha256'] ? { head, parts } : null;
  }

  /** From both ends as far as the pages are whole, and one by one in between. */
  #keys(table: 'runs' | 'checkpoints'): number[] {
    const walk = (order: 'ASC' | 'DESC'): number[] =>
      this.#asFarAsPossible(`SELECT key FROM ${table} ORDER BY key ${order}`).map(({ key }) => Number(key));
    const [up, down] = [walk('ASC'), walk('DESC')];
    const found = new Set([...up, ...down]);
    const [from, to] = [up.at(-1) ?? 0, down.at(-1) ?? 0];
    for (let key = from + 1; key < to && key - from < LONGEST_GAP; key++) found.add(key);
    return [...found].sort((a, b) => a - b);
  }

  #one(sql: string, key: number): Row | null {
    return this.#asFarAsPossible(sql, key)[0] ?? null;
  }

  /** Rows up to the first one that cannot be read. */
  #asFarAsPossible(sql: string, ...args: number[]): Row[] {
    const rows: Row[] = [];
    try {
      guarded(this.#file, () => {
        for (const row of this.#db.prepare<number[], Row>(sql).iterate(...args)) rows.push(row);
      });
    } catch (error) {
      // The damage itself: what was read before it counts.
      if (!(error instanceof AppError)) throw error;
    }
    return rows;
  }
}
