/** Puts what the engine reports about one run into the store. */
import type { CheckpointPart, EngineEvents } from '../../src-core/contract/engine.ts';
import type { EpochRecord, RunStatus } from '../../src-core/contract/records.ts';
import type { Store } from '../store/store.ts';
import type { Journal } from './journal.ts';

/** Tiny networks end thousands of epochs a second; so many are written in a few milliseconds. */
const RECORDS_A_TURN = 500;
/** Written in a turn of its own. */
const LARGE_BYTES = 64 * 1024;

export class Recorder {
  readonly #store: Store;
  readonly #journal: Journal;
  readonly #runId: string;
  /** States of which every piece so far is written, and that count only together. */
  #keys: number[] = [];
  /** In the store and not yet shown. */
  #shown: EpochRecord[] = [];
  readonly #onSaved: () => void;
  /** Pieces of states that are not in the store yet. */
  #waiting = 0;

  /** @param onSaved a state has come into the store, and no piece of another is waiting */
  constructor(runId: string, store: Store, journal: Journal, onSaved: () => void) {
    this.#runId = runId;
    this.#store = store;
    this.#journal = journal;
    this.#onSaved = onSaved;
  }

  /** A state is on its way into the store. */
  get isSaving(): boolean {
    return this.#waiting > 0 || this.#keys.length > 0;
  }

  records({ records, bestEpoch }: EngineEvents['epoch']): void {
    for (let from = 0; from < records.length; from += RECORDS_A_TURN) {
      const some = records.slice(from, from + RECORDS_A_TURN);
      const write = (): void => {
        this.#store.appendRecords(this.#runId, some, bestEpoch);
        this.#shown.push(...some);
      };
      this.#journal.write(write, { isLarge: some.length === RECORDS_A_TURN });
    }
  }

  part({ part, bytes, isComplete, ...head }: CheckpointPart): void {
    const write = (): void => {
      const keys = [...this.#keys];
      // All of it or nothing, so that it can be tried again on a full disk.
      this.#store.atomically(() => {
        if (part === 0) keys.push(this.#store.beginCheckpoint(this.#runId, head));
        this.#store.addCheckpointPart(keys.at(-1) as number, part, bytes);
        if (isComplete) this.#store.finishCheckpoints(keys);
      });
      this.#keys = isComplete ? [] : keys;
      this.#waiting--;
      if (isComplete) this.#sweepSoon();
      if (!this.isSaving) this.#onSaved();
    };
    this.#waiting++;
    this.#journal.write(write, { isLarge: bytes.byteLength > LARGE_BYTES });
  }

  status(status: RunStatus, reason: string | null): void {
    this.#journal.write(() => this.#store.setStatus(this.#runId, status, reason));
  }

  /** Epochs that are safe and that no window has been told of. */
  takeRecords(): readonly EpochRecord[] {
    return this.#shown.splice(0);
  }

  /** What an engine that is gone did not finish. */
  abandon(): void {
    this.#journal.write(() => {
      this.#keys = [];
      this.#waiting = 0;
      this.#store.abandonCheckpoints(this.#runId);
    });
  }

  /** Erases the state that was replaced a few pieces a turn, so that windows are answered in between. */
  #sweepSoon(): void {
    const sweep = (): void => {
      if (this.#store.sweep()) this.#sweepSoon();
    };
    this.#journal.write(sweep, { isLarge: true });
  }
}
