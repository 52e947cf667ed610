/** The experiment store: runs, their history and their saved states. Windows and command line use this one class. */
import { createHash, randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { assert } from '../../src-core/lib/assert.ts';
import type { Kept, RecentProject } from '../../src-core/contract/app.ts';
import type { EpochRecord, RunDetail, RunStatus, RunSummary } from '../../src-core/contract/records.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { backUp, listBackups } from './backup.ts';
import { guarded } from './failures.ts';
import { closeDatabase, openDatabase, type OpenOptions } from './open.ts';
import { isOwnerAlive, ownerName } from './owner.ts';
import { extendSparkline, sparklineEpochs } from './records.ts';
import { checkpointsTable, PART_BYTES, type CheckpointHead, type CheckpointKind } from './tables/checkpoints.ts';
import { metricsTable } from './tables/metrics.ts';
import { projectsTable } from './tables/projects.ts';
import { runsTable } from './tables/runs.ts';

export interface CreateRun {
  readonly document: ProjectDocument;
  /** Data paths in the document are relative to this folder. */
  readonly folder: string;
  readonly epochs: number;
  /** 'electron', 'browser' or 'cli'. */
  readonly shell: string;
  readonly status?: RunStatus;
  readonly parameterCount?: number;
}

export interface Checkpoint {
  readonly kind: CheckpointKind;
  readonly epoch: number;
  readonly step: number;
  readonly bytes: Uint8Array;
}

/** A piece of a state, with all that is said about the whole. */
export interface StatePart extends CheckpointHead {
  readonly part: number;
  readonly bytes: Uint8Array;
  /** The last piece of what was saved together. */
  readonly isComplete: boolean;
}

export interface RunSource {
  readonly document: ProjectDocument;
  readonly folder: string;
  /** Row numbers held out when the run was started; null before. */
  readonly validationIndices: Uint32Array | null;
}

const SWEEP_PARTS = 8;
const FORGOTTEN_AT_ONCE = 500;

export class Store {
  readonly file: string;
  /** The file as a thing of the file system, whatever its name. */
  readonly #place: string;
  readonly #db: Database.Database;
  readonly #now: () => number;
  readonly #projects: ReturnType<typeof projectsTable>;
  readonly #runs: ReturnType<typeof runsTable>;
  readonly #metrics: ReturnType<typeof metricsTable>;
  readonly #checkpoints: ReturnType<typeof checkpointsTable>;

  constructor(db: Database.Database, file: string, now: () => number) {
    this.file = file;
    this.#place = placeOf(file);
    this.#db = db;
    this.#now = now;
    this.#projects = projectsTable(db);
    this.#runs = runsTable(db);
    this.#metrics = metricsTable(db);
    this.#checkpoints = checkpointsTable(db);
  }

  /** A new run, owned by this process; answers with its id. */
  createRun({ document, folder, epochs, shell, status = 'running', parameterCount = 0 }: CreateRun): string {
    const id = randomUUID();
    const configSha256 = createHash('sha256').update(JSON.stringify(document)).digest('hex');
    const name = String(document.name);
    const owner = ownerName();
    this.#write(() => {
      this.#runs.add(
        { id, name, status, document, configSha256, folder, epochs, parameterCount, shell, owner },
        this.#now(),
      );
    });
    return id;
  }

  /** What is known once the network is compiled and the data split. */
  setStarted(
    id: string,
    started: { parameterCount: number; validationIndices: Uint32Array | null; epochs: number },
  ): void {
    this.#write(() => this.#runs.setStarted(id, started));
  }

  /** Finished epochs, in order, and again where that is in doubt; `bestEpoch` as it stands now, which may be an epoch that is still to come here. */
  appendRecords(id: string, records: readonly EpochRecord[], bestEpoch: number | null): void {
    const last = records.at(-1);
    if (last === undefined) return;
    this.#write(() => {
      const key = this.#key(id);
      const before = this.#summary(id);
      let sparkline = before.sparkline;
      for (const record of records) {
        this.#metrics.put(key, record);
        if (record.epoch > before.epoch)
          sparkline = extendSparkline(sparkline, record.epoch, record.val_loss ?? record.loss);
      }
      const best = bestEpoch === null ? null : this.#metrics.at(key, bestEpoch);
      this.#runs.setStanding(
        key,
        { epoch: last.epoch, step: last.step, bestEpoch, last, best, sparkline },
        this.#now(),
      );
    });
  }

  /** Forgets a few of the epochs after the last saved state, the newest first; true while there are more. */
  forgetUnsaved(id: string): boolean {
    return this.#write(() => {
      const key = this.#key(id);
      const saved = this.#checkpoints.head(key, 'last')?.epoch ?? 0;
      const kept = (this.#metrics.ends(key)?.[1] ?? 0) - FORGOTTEN_AT_ONCE;
      this.#metrics.truncate(key, Math.max(saved, kept));
      return kept > saved;
    });
  }

  /** Takes the history back to the saved state, where the run will go on: what came later is trained again. */
  rewind(id: string): void {
    this.#write(() => {
      const key = this.#key(id);
      const { epoch = 0, step = 0 } = this.#checkpoints.head(key, 'last') ?? {};
      this.#metrics.truncate(key, epoch);
      const bestEpoch = this.#checkpoints.head(key, 'best')?.epoch ?? null;
      const at = (number: number): EpochRecord | null => this.#metrics.at(key, number);
      const sparkline = sparklineEpochs(epoch).flatMap((number) => {
        const record = at(number);
        return record === null ? [] : [record.val_loss ?? record.loss];
      });
      const best = bestEpoch === null ? null : at(bestEpoch);
      this.#runs.setStanding(key, { epoch, step, bestEpoch, last: at(epoch), best, sparkline }, this.#now());
    });
  }

  /** Replaces the run's saved states, all of them or none: a best state belongs to the last one saved with it. */
  saveCheckpoints(id: string, checkpoints: readonly Checkpoint[]): void {
    this.#write(() => {
      const keys = checkpoints.map(({ kind, epoch, step, bytes }) => {
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const key = this.beginCheckpoint(id, { kind, epoch, step, size: bytes.byteLength, sha256 });
        for (let part = 0; part * PART_BYTES < bytes.byteLength; part++)
          this.#checkpoints.addPart(key, part, bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES));
        return key;
      });
      this.finishCheckpoints(keys);
      this.beat();
    });
    while (this.sweep());
  }

  /**
   * One piece of states that arrive in pieces, in order: they count together, from the complete one on, and until then those before
   * them do. Answers with what to say with the next piece, nothing at first.
   */
  putPart(id: string, { part, bytes, isComplete, ...head }: StatePart, keys: readonly number[]): readonly number[] {
    return this.#write(() => {
      const all = part === 0 ? [...keys, this.beginCheckpoint(id, head)] : keys;
      const key = all.at(-1);
      assert(key !== undefined, 'the pieces of a state begin with the first');
      this.#checkpoints.addPart(key, part, bytes);
      if (isComplete) this.finishCheckpoints(all);
      return isComplete ? [] : all;
    });
  }

  /** The same, step by step: begin, then every piece, then finish. */
  beginCheckpoint(id: string, head: CheckpointHead): number {
    return this.#write(() => this.#checkpoints.begin({ key: this.#key(id), id }, head, this.#now()));
  }
  addCheckpointPart(key: number, part: number, bytes: Uint8Array): void {
    this.#write(() => this.#checkpoints.addPart(key, part, bytes));
  }
  finishCheckpoints(keys: readonly number[]): void {
    this.#write(() => {
      for (const key of keys) this.#checkpoints.finish(key);
    });
  }
  /** Several of these calls as one transaction. */
  atomically(work: () => void): void {
    this.#write(work);
  }
  /** Gives up states that were begun and will not be finished. */
  abandonCheckpoints(id: string): void {
    this.#write(() => this.#checkpoints.abandon(this.#key(id)));
  }
  /** Erases a few pieces of replaced states; true while there is more to do. */
  sweep(): boolean {
    return this.#write(() => this.#checkpoints.sweep(SWEEP_PARTS));
  }

  /** The saved state, verified; null when there is none. Rejects with AppError 'host.checkpoint_damaged'. */
  async loadCheckpoint(id: string, kind: CheckpointKind): Promise<Checkpoint | null> {
    const newest = () => this.#read(() => this.#checkpoints.head(this.#key(id), kind));
    for (let head = newest(); head !== null; head = newest()) {
      const { key, runId, epoch, step } = head;
      const bytes = runId === id ? await this.#bytesOf(head) : null;
      if (bytes !== null) return { kind, epoch, step, bytes };
      // Replaced and erased while it was read: then the one in its place is asked for.
      if (newest()?.key === key) throw new AppError('host.checkpoint_damaged', { id, kind });
    }
    return null;
  }

  /** Null when a piece is missing or anything is not as it was saved. */
  async #bytesOf({ key, size, sha256 }: { key: number; size: number; sha256: string }): Promise<Uint8Array | null> {
    const bytes = new Uint8Array(size);
    const hash = createHash('sha256');
    for (let part = 0; part * PART_BYTES < size; part++) {
      const piece = this.#read(() => this.#checkpoints.part(key, part));
      if (piece === null || part * PART_BYTES + piece.byteLength > size) return null;
      bytes.set(piece, part * PART_BYTES);
      hash.update(piece);
      await new Promise(setImmediate); // a large state must not hold up the windows
    }
    return hash.digest('hex') === sha256 ? bytes : null;
  }

  /** This process becomes the owner while the run is running or paused. */
  setStatus(id: string, status: RunStatus, reason: string | null = null): void {
    const owner = status === 'running' || status === 'paused' ? ownerName() : null;
    this.#write(() => this.#runs.setStatus(id, status, reason, owner, this.#now()));
  }

  /** A sign of life of this process: without one its runs count as given up, for other machines. */
  beat(): void {
    this.#write(() => this.#runs.beat(ownerName(), this.#now()));
  }

  /** Marks runs whose process is gone as interrupted; answers with their ids. */
  interruptOrphans(): string[] {
    return this.#write(() => {
      const orphans = this.#runs.active().filter((run) => !this.#isOwned(run));
      for (const { id, key } of orphans) {
        this.#runs.setStatus(id, 'interrupted', 'Netloom ended while this run was training', null, this.#now());
        this.#checkpoints.abandon(key);
      }
      return orphans.map(({ id }) => id);
    });
  }

  getRun(id: string): RunDetail {
    return this.#read(() => ({ ...this.#summary(id), document: this.source(id).document }));
  }
  getSummary(id: string): RunSummary {
    return this.#read(() => this.#summary(id));
  }
  source(id: string): RunSource {
    const source = this.#read(() => this.#runs.source(id));
    if (source === null) throw new AppError('host.no_run', { id });
    return source;
  }
  /** Newest first; `before` is the createdAt of the last row of the page before. */
  listRuns({ limit, before = Number.MAX_SAFE_INTEGER }: { limit: number; before?: number | undefined }) {
    return this.#read(() => ({ runs: this.#runs.page(before, limit), total: this.#runs.total() }));
  }
  countRuns(): number {
    return this.#read(() => this.#runs.total());
  }
  history(id: string): EpochRecord[] {
    return this.#read(() => this.#metrics.history(this.#key(id)));
  }
  /** Values of one metric from an epoch to before another; null for NaN. */
  metricPart(id: string, metric: string, range: readonly [number, number]) {
    return this.#read(() => this.#metrics.part(this.#key(id), metric, range));
  }
  /** Values of one metric at single epochs, those that are there; one transaction, which costs less than the lookups each. */
  metricPoints(id: string, metric: string, epochs: readonly number[]) {
    const read = this.#db.transaction(() => {
      const key = this.#key(id);
      return epochs.flatMap((epoch) => this.#metrics.part(key, metric, [epoch, epoch + 1]));
    });
    return this.#read(() => read());
  }
  /** First and last epoch of the history; null before the first. */
  epochEnds(id: string): readonly [number, number] | null {
    return this.#read(() => this.#metrics.ends(this.#key(id)));
  }
  annotate(id: string, notes: string, tags: readonly string[]): void {
    this.#write(() => {
      this.#key(id);
      this.#runs.annotate(id, notes, tags, this.#now());
    });
  }

  /** Out of every list until `restoreRun`; erased by `eraseHidden`. */
  hideRun(id: string): void {
    this.#write(() => {
      this.#key(id);
      this.#runs.hide(id, this.#now());
    });
  }
  restoreRun(id: string): void {
    this.#write(() => {
      this.#key(id);
      this.#runs.hide(id, null);
    });
  }
  eraseHidden(): void {
    if (this.#write(() => this.#runs.eraseHidden()) > 0) this.#shrink();
  }
  /** For good. Throws AppError 'host.run_active' while another process trains it. */
  deleteRun(id: string): void {
    this.#write(() => {
      const key = this.#key(id);
      const run = this.#runs.active().find((active) => active.key === key);
      if (run !== undefined && run.owner !== ownerName() && this.#isOwned(run))
        throw new AppError('host.run_active', { id });
      this.#runs.erase(id);
    });
    this.#shrink();
  }

  keepProject(document: ProjectDocument): void {
    this.#write(() => this.#projects.put(document, this.#now()));
  }
  recoverProject(): Kept | null {
    return this.#read(() => this.#projects.get());
  }
  /** The document went to a file or came from one: both the open one and the newest of the recent ones. */
  keepSavedProject(document: ProjectDocument): void {
    this.#write(() => {
      this.#projects.put(document, this.#now());
      this.#projects.putSaved(document, this.#now());
    });
  }
  recentProjects(): RecentProject[] {
    return this.#read(() => this.#projects.recent());
  }
  /** As it was saved; null when there is none of that name. */
  recentProject(name: string): ProjectDocument | null {
    return this.#read(() => this.#projects.recentOne(name));
  }

  /** A checked copy in the folder "backups", at most one a day; nothing while there is nothing to lose. */
  backUpDaily(): void {
    if (this.countRuns() === 0 || isFresh(listBackups(this.file)[0], this.#now())) return;
    guarded(this.file, () => backUp(this.#db, this.file, 'daily'));
  }

  close(): void {
    if (this.#db.open) closeDatabase(this.#db);
  }

  #key(id: string): number {
    const key = this.#runs.key(id);
    if (key === null) throw new AppError('host.no_run', { id });
    return key;
  }
  #isOwned({ owner, updatedMs }: { readonly owner: string | null; readonly updatedMs: number }): boolean {
    return owner !== null && isOwnerAlive(owner, this.#now() - updatedMs);
  }
  #summary(id: string): RunSummary {
    const summary = this.#runs.summary(id);
    if (summary === null) throw new AppError('host.no_run', { id });
    return summary;
  }
  #shrink(): void {
    guarded(this.file, () => this.#db.pragma('incremental_vacuum'));
  }
  #read<T>(work: () => T): T {
    return guarded(this.file, work);
  }
  /** BEGIN IMMEDIATE: a deferred transaction that turns to writing fails at once instead of waiting for another writer. */
  #write<T>(work: () => T): T {
    assert(this.#db.open, 'the store is open');
    if (this.#db.inTransaction) return work();
    // SQLite goes on writing into a deleted file, and all of it would be lost at the end.
    if (placeOf(this.file) !== this.#place) throw new AppError('host.store_gone', { file: this.file });
    return guarded(this.file, () => this.#db.transaction(work).immediate());
  }
}

function placeOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.dev}:${stat.ino}`;
}

const DAY_MS = 24 * 60 * 60 * 1000;

function isFresh(backup: string | undefined, now: number): boolean {
  return backup !== undefined && now - statSync(backup).mtimeMs < DAY_MS;
}

/** Opens the store, creating it when there is none. Throws AppError 'host.store_*'. */
export function openStore({ now = Date.now, ...options }: OpenOptions & { now?: () => number }): Store {
  const db = openDatabase(options);
  return guarded(options.file, () => new Store(db, options.file, now));
}
