/** Puts what the engine reports about one run into the store. */
import type { CheckpointPart, EngineEvents } from '../../src-core/contract/engine.ts';
import type { EpochRecord, RunStatus } from '../../src-core/contract/records.ts';
import type { StoreWrites } from '../store/writes.ts';
import type { Journal } from './journal.ts';

/** Tiny networks end thousands of epochs a second; so many are handed over in a fraction of a millisecond and written in a few. */
const RECORDS_AT_ONCE = 500;

export interface RecorderOptions {
  readonly runId: string;
  readonly writes: StoreWrites;
  readonly journal: Journal;
  /** Epochs have come into the store. */
  readonly onRecords: () => void;
  /** A state has come into the store, and no piece of another is waiting. */
  readonly onSaved: () => void;
}

export class Recorder {
  readonly #options: RecorderOptions;
  /** States of which every piece so far is written, and that count only together. */
  #keys: readonly number[] = [];
  /** In the store and not yet shown. */
  #shown: EpochRecord[] = [];
  /** Pieces of states that are not in the store yet. */
  #waiting = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** A state is on its way into the store. */
  get isSaving(): boolean {
    return this.#waiting > 0 || this.#keys.length > 0;
  }

  records({ records, bestEpoch }: EngineEvents['epoch']): void {
    const { runId, writes, journal, onRecords } = this.#options;
    for (let from = 0; from < records.length; from += RECORDS_AT_ONCE) {
      const some = records.slice(from, from + RECORDS_AT_ONCE);
      journal.write(async () => {
        await writes.appendRecords(runId, some, bestEpoch);
        this.#shown.push(...some);
        onRecords();
      });
    }
  }

  part({ runId, ...part }: CheckpointPart): void {
    const { writes, journal, onSaved } = this.#options;
    this.#waiting++;
    journal.write(async () => {
      this.#keys = await writes.putPart(runId, part, this.#keys);
      this.#waiting--;
      if (part.isComplete) this.#sweepSoon();
      if (!this.isSaving) onSaved();
    });
  }

  status(status: RunStatus, reason: string | null): void {
    const { runId, writes, journal } = this.#options;
    journal.write(() => writes.setStatus(runId, status, reason));
  }

  /** Epochs that are safe and that no window has been told of. */
  takeRecords(): readonly EpochRecord[] {
    return this.#shown.splice(0);
  }

  /** What an engine that is gone did not finish. */
  abandon(): void {
    const { runId, writes, journal } = this.#options;
    journal.write(async () => {
      await writes.abandonCheckpoints(runId);
      this.#keys = [];
      this.#waiting = 0;
    });
  }

  /** Erases the state that was replaced a few pieces at a time, so that whatever else is to be written comes in between. */
  #sweepSoon(): void {
    const { writes, journal } = this.#options;
    journal.write(async () => {
      if (await writes.sweep()) this.#sweepSoon();
    });
  }
}
