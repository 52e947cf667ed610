/** Table `runs`: one row a run, with the document it was made from. */
import type Database from 'better-sqlite3';
import * as v from 'valibot';
import type { EpochRecord, RunStatus, RunSummary } from '../../../src-core/contract/records.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { decodeNumbers, decodeRecord, encodeNumbers, encodeRecord } from '../records.ts';

export interface NewRun {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly document: ProjectDocument;
  readonly configSha256: string;
  /** Data paths of the document are relative to it. */
  readonly folder: string;
  readonly epochs: number;
  readonly parameterCount: number;
  /** What trains it: 'electron', 'browser', 'cli'. */
  readonly shell: string;
  readonly owner: string;
}

/** Where a run stands; kept up to date with every epoch. */
export interface Standing {
  readonly epoch: number;
  readonly step: number;
  readonly bestEpoch: number | null;
  readonly last: EpochRecord | null;
  readonly best: EpochRecord | null;
  readonly sparkline: readonly number[];
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const rowSchema = v.object({
  key: v.number(),
  id: v.string(),
  name: v.string(),
  status: v.picklist(['running', 'paused', 'done', 'stopped', 'interrupted', 'diverged', 'failed']),
  reason: v.nullable(v.string()),
  created_ms: v.number(),
  updated_ms: v.number(),
  epoch: count,
  epochs: count,
  step: count,
  best_epoch: v.nullable(v.number()),
  parameter_count: v.number(),
  last_record: v.nullable(v.string()),
  best_record: v.nullable(v.string()),
  sparkline: v.instance(Uint8Array),
  notes: v.string(),
  tags: v.pipe(v.string(), v.parseJson(), v.array(v.string())),
});

const COLUMNS = `key, id, name, status, reason, created_ms, updated_ms, epoch, epochs, step, best_epoch, parameter_count,
  last_record, best_record, sparkline, notes, tags`;
const SHOWN = 'hidden_ms IS NULL';

export function runsTable(db: Database.Database) {
  const add = db.prepare(
    `INSERT INTO runs (id, name, status, document, config_sha256, folder, created_ms, updated_ms, epochs,
       parameter_count, shell, owner)
     VALUES (@id, @name, @status, @document, @configSha256, @folder,
       max(@now, (SELECT coalesce(max(created_ms), 0) + 1 FROM runs)), @now, @epochs, @parameterCount, @shell, @owner)`,
  );
  const one = db.prepare<[string]>(`SELECT ${COLUMNS} FROM runs WHERE id = ?`);
  const page = db.prepare<[number, number]>(
    `SELECT ${COLUMNS} FROM runs WHERE ${SHOWN} AND created_ms < ? ORDER BY created_ms DESC LIMIT ?`,
  );
  // Both counts read an index: with a condition on the shown ones SQLite reads every row, documents and all.
  const total = db
    .prepare('SELECT (SELECT count(*) FROM runs) - (SELECT count(*) FROM runs WHERE hidden_ms IS NOT NULL)')
    .pluck();
  const source = db.prepare<[string], { document: string; folder: string; validation_indices: Uint8Array | null }>(
    'SELECT document, folder, validation_indices FROM runs WHERE id = ?',
  );
  const setStatus = db.prepare<[string, string | null, string | null, number, string]>(
    'UPDATE runs SET status = ?, reason = ?, owner = ?, updated_ms = ? WHERE id = ?',
  );
  const setStanding = db.prepare(
    `UPDATE runs SET epoch = @epoch, step = @step, best_epoch = @bestEpoch, last_record = @last, best_record = @best,
       sparkline = @sparkline, updated_ms = @now WHERE key = @key`,
  );
  const setStarted = db.prepare<[number, Uint8Array | null, number, string]>(
    'UPDATE runs SET parameter_count = ?, validation_indices = ?, epochs = ? WHERE id = ?',
  );
  const annotate = db.prepare<[string, string, number, string]>(
    'UPDATE runs SET notes = ?, tags = ?, updated_ms = ? WHERE id = ?',
  );
  const hide = db.prepare<[number | null, string]>('UPDATE runs SET hidden_ms = ? WHERE id = ?');
  const erase = db.prepare<[string]>('DELETE FROM runs WHERE id = ?');
  const eraseHidden = db.prepare('DELETE FROM runs WHERE hidden_ms IS NOT NULL');
  const beat = db.prepare<[number, string]>(
    `UPDATE runs SET updated_ms = ? WHERE owner = ? AND status IN ('running', 'paused')`,
  );
  const active = db.prepare<[], { id: string; key: number; owner: string | null; updatedMs: number }>(
    `SELECT id, key, owner, updated_ms AS updatedMs FROM runs WHERE status IN ('running', 'paused')`,
  );

  return {
    add(run: NewRun, now: number): void {
      add.run({ ...run, document: JSON.stringify(run.document), now });
    },
    key: (id: string): number | null => {
      const row = one.get(id);
      return row ? Number((row as { key: unknown }).key) : null;
    },
    summary: (id: string): RunSummary | null => {
      const row = one.get(id);
      return row === undefined ? null : summaryOf(row);
    },
    page: (before: number, limit: number): RunSummary[] => page.all(before, limit).map(summaryOf),
    total: (): number => Number(total.get()),
    source(id: string): { document: ProjectDocument; folder: string; validationIndices: Uint32Array | null } | null {
      const row = source.get(id);
      if (!row) return null;
      return {
        document: JSON.parse(row.document) as ProjectDocument,
        folder: row.folder,
        validationIndices: row.validation_indices && decodeIndices(row.validation_indices),
      };
    },
    setStatus(id: string, status: RunStatus, reason: string | null, owner: string | null, now: number): void {
      setStatus.run(status, reason, owner, now, id);
    },
    setStanding(key: number, standing: Standing, now: number): void {
      const { last, best, sparkline } = standing;
      setStanding.run({
        ...standing,
        key,
        now,
        last: last && encodeRecord(last),
        best: best && encodeRecord(best),
        sparkline: encodeNumbers(sparkline),
      });
    },
    setStarted(id: string, started: { parameterCount: number; validationIndices: Uint32Array | null; epochs: number }) {
      const { parameterCount, validationIndices, epochs } = started;
      setStarted.run(parameterCount, validationIndices && encodeIndices(validationIndices), epochs, id);
    },
    annotate(id: string, notes: string, tags: readonly string[], now: number): void {
      annotate.run(notes, JSON.stringify(tags), now, id);
    },
    hide(id: string, now: number | null): void {
      hide.run(now, id);
    },
    erase: (id: string): void => void erase.run(id),
    eraseHidden: (): number => eraseHidden.run().changes,
    active: () => active.all(),
    beat: (owner: string, now: number): void => void beat.run(now, owner),
  };
}

/** A row that cannot be read still has its place in the list: one damaged run never hides the others. */
function summaryOf(row: unknown): RunSummary {
  const parsed = v.safeParse(rowSchema, row);
  if (!parsed.success) return damagedSummary(row as Record<string, unknown>);
  const r = parsed.output;
  return {
    id: r.id,
    name: r.name,
    status: r.status,
    reason: r.reason,
    createdAt: r.created_ms,
    updatedAt: r.updated_ms,
    epoch: r.epoch,
    epochs: r.epochs,
    step: r.step,
    bestEpoch: r.best_epoch,
    last: r.last_record === null ? null : decodeRecord(r.last_record),
    best: r.best_record === null ? null : decodeRecord(r.best_record),
    parameterCount: r.parameter_count,
    notes: r.notes,
    tags: r.tags,
    sparkline: decodeNumbers(r.sparkline),
  };
}

function damagedSummary(row: Record<string, unknown>): RunSummary {
  const { id, name, created_ms: created } = row;
  const createdAt = typeof created === 'number' ? created : 0;
  return {
    id: String(id),
    name: typeof name === 'string' ? name : String(id),
    status: 'failed',
    reason: 'the record of this run is damaged',
    createdAt,
    updatedAt: createdAt,
    epoch: 0,
    epochs: 0,
    step: 0,
    bestEpoch: null,
    last: null,
    best: null,
    parameterCount: 0,
    notes: '',
    tags: [],
    sparkline: [],
  };
}

function encodeIndices(indices: Uint32Array): Buffer {
  const bytes = Buffer.alloc(indices.length * 4);
  indices.forEach((index, i) => bytes.writeUInt32LE(index, i * 4));
  return bytes;
}

function decodeIndices(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: Math.floor(bytes.byteLength / 4) }, (_, i) => view.getUint32(i * 4, true));
}
