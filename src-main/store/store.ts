/** The experiment store: runs, their history and their saved states. Windows and command line use this one class. */
import { createHash, randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Kept, ProjectFile, RecentProject } from '../../src-core/contract/app.ts';
import type { RunDetail, RunStatus, RunSummary } from '../../src-core/contract/records.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { backUp, listBackups } from './backup.ts';
import { guarded } from './failures.ts';
import { openDatabase, type OpenOptions } from './open.ts';
import { isOwnerAlive, ownerName } from './owner.ts';
import { StoreStates } from './store-states.ts';
import type { SavedPlace } from './tables/projects.ts';

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

export interface RunSource {
  readonly document: ProjectDocument;
  readonly folder: string;
  /** Row numbers held out when the run was started; null before. */
  readonly validationIndices: Uint32Array | null;
}

export class Store extends StoreStates {
  /** A new run, owned by this process; answers with its id. */
  createRun({ document, folder, epochs, shell, status = 'running', parameterCount = 0 }: CreateRun): string {
    const id = randomUUID();
    const configSha256 = createHash('sha256').update(JSON.stringify(document)).digest('hex');
    const name = String(document.name);
    const owner = ownerName();
    this.write(() => {
      this.runs.add(
        { id, name, status, document, configSha256, folder, epochs, parameterCount, shell, owner },
        this.now(),
      );
    });
    return id;
  }

  /** What is known once the network is compiled and the data split. */
  setStarted(
    id: string,
    started: { parameterCount: number; validationIndices: Uint32Array | null; epochs: number },
  ): void {
    this.write(() => this.runs.setStarted(id, started));
  }

  /** This process becomes the owner while the run is running or paused. */
  setStatus(id: string, status: RunStatus, reason: string | null = null): void {
    const owner = status === 'running' || status === 'paused' ? ownerName() : null;
    this.write(() => this.runs.setStatus(id, status, reason, owner, this.now()));
  }

  /** A sign of life of this process: without one its runs count as given up, for other machines. */
  beat(): void {
    this.write(() => this.runs.beat(ownerName(), this.now()));
  }

  /** Marks runs whose process is gone as interrupted; answers with their ids. */
  interruptOrphans(): string[] {
    return this.write(() => {
      const orphans = this.runs.active().filter((run) => !this.#isOwned(run));
      for (const { id, key } of orphans) {
        this.runs.setStatus(id, 'interrupted', 'Netloom ended while this run was training', null, this.now());
        this.checkpoints.abandon(key);
      }
      return orphans.map(({ id }) => id);
    });
  }

  getRun(id: string): RunDetail {
    return this.read(() => ({ ...this.summary(id), document: this.source(id).document }));
  }
  getSummary(id: string): RunSummary {
    return this.read(() => this.summary(id));
  }
  source(id: string): RunSource {
    const source = this.read(() => this.runs.source(id));
    if (source === null) throw new AppError('host.no_run', { id });
    return source;
  }
  /** Newest first; `before` is the createdAt of the last row of the page before. */
  listRuns({ limit, before = Number.MAX_SAFE_INTEGER }: { limit: number; before?: number | undefined }) {
    return this.read(() => ({ runs: this.runs.page(before, limit), total: this.runs.total() }));
  }
  countRuns(): number {
    return this.read(() => this.runs.total());
  }
  annotate(id: string, notes: string, tags: readonly string[]): void {
    this.write(() => {
      this.key(id);
      this.runs.annotate(id, notes, tags, this.now());
    });
  }

  /** Out of every list until `restoreRun`; erased by `eraseHidden`. */
  hideRun(id: string): void {
    this.write(() => {
      this.key(id);
      this.runs.hide(id, this.now());
    });
  }
  restoreRun(id: string): void {
    this.write(() => {
      this.key(id);
      this.runs.hide(id, null);
    });
  }
  eraseHidden(): void {
    if (this.write(() => this.runs.eraseHidden()) > 0) this.#shrink();
  }
  /** For good. Throws AppError 'host.run_active' while another process trains it. */
  deleteRun(id: string): void {
    this.write(() => {
      const key = this.key(id);
      const run = this.runs.active().find((active) => active.key === key);
      if (run !== undefined && run.owner !== ownerName() && this.#isOwned(run))
        throw new AppError('host.run_active', { id });
      this.runs.erase(id);
    });
    this.#shrink();
  }

  /** `file`: the one it came from or went to, null for none. */
  keepProject(document: ProjectDocument, file: ProjectFile | null = null): void {
    this.write(() => this.projects.put(document, file, this.now()));
  }
  recoverProject(): Kept | null {
    return this.read(() => this.projects.get());
  }
  /** The document went to a file or came from one: both the open one and the newest of the recent ones. Answers with which of them. */
  keepSavedProject(document: ProjectDocument, place: SavedPlace = {}): string {
    return this.write(() => this.projects.putSaved(document, place, this.now()));
  }
  recentProjects(): RecentProject[] {
    return this.read(() => this.projects.recent());
  }
  /** As it was saved; null when it is no longer among them. */
  recentProject(recent: string): ProjectDocument | null {
    return this.read(() => this.projects.recentOne(recent));
  }

  /** A checked copy in the folder "backups", at most one a day; nothing while there is nothing to lose. */
  backUpDaily(): void {
    if (this.countRuns() === 0 || isFresh(listBackups(this.file)[0], this.now())) return;
    guarded(this.file, () => backUp(this.db, this.file, 'daily'));
  }

  #isOwned({ owner, updatedMs }: { readonly owner: string | null; readonly updatedMs: number }): boolean {
    return owner !== null && isOwnerAlive(owner, this.now() - updatedMs);
  }
  #shrink(): void {
    guarded(this.file, () => this.db.pragma('incremental_vacuum'));
  }
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
