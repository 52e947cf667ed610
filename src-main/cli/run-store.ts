/** How `train` keeps its run: the experiment store, or nothing with --no-store. */
import type { EpochRecord, RunStatus } from '../../src-core/contract/records.ts';
import type { LoadedData } from '../../src-core/datasets/define.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import type { Trainer } from '../../src-core/trainer/define.ts';
import { Extra } from '../engine/pace.ts';
import type { Checkpoint } from '../store/store-states.ts';
import type { Store } from '../store/store.ts';
import type { Project } from './inputs.ts';

const RECORDS_MS = 200;
const CHECKPOINT_EPOCH_MS = 250;
const CHECKPOINT_MS = 10_000;
/** Saving may take this share of the time. */
const CHECKPOINT_SHARE = 0.03;

/** A run that is to go on, as the store has it. */
export interface SavedRun extends Project {
  readonly id: string;
  readonly checkpoint: Uint8Array;
  readonly best: Uint8Array | null;
  readonly history: readonly EpochRecord[];
}

/** The run of that id (or of the one id that starts so). Throws AppError 'host.no_run', 'host.run_active', 'host.no_checkpoint'. */
export async function loadRun(store: Store, name: string): Promise<SavedRun> {
  store.interruptOrphans();
  const id = findRun(store, name);
  const { status } = store.getSummary(id);
  if (status === 'running' || status === 'paused') throw new AppError('host.run_active', { id });
  const last = await store.loadCheckpoint(id, 'last');
  if (last === null) throw new AppError('host.no_checkpoint', { id, kind: 'last' });
  const best = await store.loadCheckpoint(id, 'best');
  store.rewind(id);
  const { document, folder } = store.source(id);
  return { id, document, folder, checkpoint: last.bytes, best: best?.bytes ?? null, history: store.history(id) };
}

/** Full id of a run from the beginning of it. Throws AppError 'host.no_run'. */
export function findRun(store: Store, start: string): string {
  const matches = allRuns(store).filter(({ id }) => id === start || (start.length >= SHORTEST && id.startsWith(start)));
  const [run] = matches;
  if (run === undefined || matches.length > 1) throw new AppError('host.no_run', { id: start });
  return run.id;
}
const SHORTEST = 4;
const PAGE = 500;

/** Every run, newest first. */
export function allRuns(store: Store): ReturnType<Store['listRuns']>['runs'] {
  const runs: ReturnType<Store['listRuns']>['runs'] = [];
  for (;;) {
    const before = runs.at(-1)?.createdAt;
    const page = store.listRuns({ limit: PAGE, before }).runs;
    runs.push(...page);
    if (page.length < PAGE) return runs;
  }
}

/** Keeps one run: history line by line, states at the ends of epochs and at least every ten seconds. */
export class RunKeeper {
  readonly id: string;
  readonly #store: Store;
  readonly #trainer: Trainer;
  readonly #now: () => number;
  readonly #budget: Extra;
  #records: EpochRecord[] = [];
  #toldAt: number;
  #savedAt: number;
  #savedBest: number | null;

  constructor(store: Store, id: string, trainer: Trainer, now: () => number) {
    this.#store = store;
    this.id = id;
    this.#trainer = trainer;
    this.#now = now;
    this.#budget = new Extra(CHECKPOINT_SHARE, now);
    this.#toldAt = now();
    this.#savedAt = now();
    this.#savedBest = trainer.bestEpoch;
  }

  /** Enters the run as started and saves the state it starts from, so that it can always go on. */
  begin(data: LoadedData): void {
    const { parameterCount, epochs } = this.#trainer;
    const validationIndices = data.validation?.indices ?? null;
    this.#store.setStarted(this.id, { parameterCount, validationIndices, epochs });
    this.#store.setStatus(this.id, 'running');
    this.#save();
  }

  tell(record: EpochRecord | null): void {
    if (record !== null) this.#records.push(record);
    const now = this.#now();
    const since = now - this.#savedAt;
    const isEpochEnd = record !== null;
    if (since >= CHECKPOINT_MS || (isEpochEnd && since >= CHECKPOINT_EPOCH_MS && this.#budget.isDue)) this.#save();
    else if (now - this.#toldAt >= RECORDS_MS) this.#flush();
  }

  end(status: RunStatus, reason: string | null): void {
    this.#save();
    this.#store.setStatus(this.id, status, reason);
  }

  #flush(): void {
    this.#store.appendRecords(this.id, this.#records, this.#trainer.bestEpoch);
    this.#records = [];
    this.#toldAt = this.#now();
  }

  #save(): void {
    this.#flush();
    this.#budget.run(() => this.#store.saveCheckpoints(this.id, this.#states()));
    this.#savedAt = this.#now();
  }

  #states(): Checkpoint[] {
    const { epoch, step, bestEpoch, stepsPerEpoch } = this.#trainer;
    const last: Checkpoint = { kind: 'last', epoch, step, bytes: this.#trainer.checkpoint() };
    const best = bestEpoch === this.#savedBest ? null : this.#trainer.bestCheckpoint();
    if (best === null || bestEpoch === null) return [last];
    this.#savedBest = bestEpoch;
    return [{ kind: 'best', epoch: bestEpoch, step: bestEpoch * stepsPerEpoch, bytes: best }, last];
  }
}
