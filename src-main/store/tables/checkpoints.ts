/** Tables `checkpoints` and `checkpoint_parts`: saved states of a run under their SHA-256, in pieces that never hold up a host. */
import type Database from 'better-sqlite3';

export type CheckpointKind = 'last' | 'best';

/** Bytes of one piece: writing it takes a few milliseconds. */
export const PART_BYTES = 512 * 1024;

export interface CheckpointHead {
  readonly kind: CheckpointKind;
  readonly epoch: number;
  readonly step: number;
  readonly size: number;
  /** Of the whole state: SQLite does not notice a flipped bit in a blob. */
  readonly sha256: string;
}

/** A run as the tables know it and as everybody else does. */
export interface RunKey {
  readonly key: number;
  readonly id: string;
}

interface HeadRow {
  readonly key: number;
  readonly epoch: number;
  readonly step: number;
  readonly size: number;
  readonly sha256: string;
  /** Id of the run it was written for; the key may be damaged. */
  readonly runId: string;
}

export function checkpointsTable(db: Database.Database) {
  const add = db.prepare<[number, string, string, number, number, number, number, string]>(
    `INSERT INTO checkpoints (run, run_id, kind, epoch, step, saved_ms, size, sha256, phase)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'writing')`,
  );
  const addPart = db.prepare<[number, number, Uint8Array]>(
    'INSERT OR REPLACE INTO checkpoint_parts (checkpoint, part, bytes) VALUES (?, ?, ?)',
  );
  const retire = db.prepare<[number]>(
    `UPDATE checkpoints SET phase = 'old' WHERE phase = 'ready'
       AND (run, kind) = (SELECT run, kind FROM checkpoints WHERE key = ?)`,
  );
  const restart = db.prepare<[number, string]>(
    `UPDATE checkpoints SET phase = 'old' WHERE run = ? AND kind = ? AND phase = 'writing'`,
  );
  const ready = db.prepare<[number]>(`UPDATE checkpoints SET phase = 'ready' WHERE key = ?`);
  const abandon = db.prepare<[number]>(`UPDATE checkpoints SET phase = 'old' WHERE run = ? AND phase = 'writing'`);
  const head = db.prepare<[number, string], HeadRow>(
    `SELECT key, epoch, step, size, sha256, run_id AS runId FROM checkpoints WHERE run = ? AND kind = ? AND phase = 'ready'`,
  );
  const part = db.prepare<[number, number], { bytes: Uint8Array }>(
    'SELECT bytes FROM checkpoint_parts WHERE checkpoint = ? AND part = ?',
  );
  /** A state in the middle of an epoch is further than the history is. */
  const setStep = db.prepare<[number]>(
    `UPDATE runs SET step = c.step FROM checkpoints AS c WHERE c.key = ? AND c.kind = 'last' AND runs.key = c.run`,
  );
  const removeParts = db.prepare<[number]>(
    `DELETE FROM checkpoint_parts WHERE rowid IN (SELECT checkpoint_parts.rowid FROM checkpoint_parts
       JOIN checkpoints ON checkpoints.key = checkpoint WHERE phase = 'old' LIMIT ?)`,
  );
  const removeEmpty = db.prepare(
    `DELETE FROM checkpoints WHERE phase = 'old'
       AND NOT EXISTS (SELECT 1 FROM checkpoint_parts WHERE checkpoint = checkpoints.key)`,
  );
  return {
    /** Of each kind one is written at a time: one that was begun before will not be finished. */
    begin(run: RunKey, { kind, epoch, step, size, sha256 }: CheckpointHead, now: number): number {
      restart.run(run.key, kind);
      return Number(add.run(run.key, run.id, kind, epoch, step, now, size, sha256).lastInsertRowid);
    },
    /** The same piece again takes its own place: whoever is not sure that it was written writes it once more. */
    addPart(key: number, index: number, bytes: Uint8Array): void {
      addPart.run(key, index, bytes);
    },
    /** Puts the finished state in place of the one before. */
    finish(key: number): void {
      retire.run(key);
      ready.run(key);
      setStep.run(key);
    },
    /** Gives up what a dead process was writing. */
    abandon(run: number): void {
      abandon.run(run);
    },
    head: (run: number, kind: CheckpointKind): HeadRow | null => head.get(run, kind) ?? null,
    part: (key: number, index: number): Uint8Array | null => part.get(key, index)?.bytes ?? null,
    /** Erases at most `parts` pieces of replaced states; true while there is more. */
    sweep(parts: number): boolean {
      const removed = removeParts.run(parts).changes;
      if (removed < parts) removeEmpty.run();
      return removed === parts;
    },
  };
}
