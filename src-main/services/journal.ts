/**
 * Writes to the store in order. Large ones take turns with everything else the host has to answer; when the disk is full
 * all wait, in order, until there is space again: nothing is dropped.
 */
import { AppError } from '../../src-core/lib/errors.ts';

const RETRY_MS = 1000;
const STORAGE = ['host.store_full', 'host.store_read_only', 'host.store_busy', 'host.store_gone', 'host.store_failed'];

export interface JournalOptions {
  /** Called once when writing stops, with what to tell the person, and once when everything is written. */
  readonly onStalled: (problem: AppError) => void;
  readonly onRecovered: () => void;
}

interface Entry {
  readonly work: () => void;
  readonly isLarge: boolean;
}

export class Journal {
  readonly #options: JournalOptions;
  #waiting: Entry[] = [];
  #isDraining = false;
  #isStalled = false;
  #turn: NodeJS.Immediate | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** At once when nothing waits before it; a large one in a turn of its own, so that no two come in the same. */
  write(work: () => void, { isLarge = false } = {}): void {
    this.#waiting.push({ work, isLarge });
    if (this.#isDraining || this.#turn || this.#retry) return;
    if (isLarge) this.#turn = setImmediate(() => this.#drain());
    else this.#drain();
  }

  /** A last try, for the end: throws what still cannot be written. */
  close(): void {
    clearImmediate(this.#turn);
    clearTimeout(this.#retry);
    for (const { work } of this.#waiting.splice(0)) work();
  }

  #drain(): void {
    this.#turn = undefined;
    this.#retry = undefined;
    this.#isDraining = true;
    try {
      for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
        next.work();
        this.#waiting.shift();
        if (next.isLarge) {
          this.#turn = setImmediate(() => this.#drain());
          return;
        }
      }
      this.#recover();
    } catch (error) {
      this.#stall(error);
    } finally {
      this.#isDraining = false;
    }
  }

  #stall(error: unknown): void {
    if (!(error instanceof AppError) || !STORAGE.includes(error.code)) {
      this.#waiting = [];
      throw error;
    }
    this.#retry = setTimeout(() => this.#drain(), RETRY_MS);
    if (!this.#isStalled) this.#options.onStalled(error);
    this.#isStalled = true;
  }

  #recover(): void {
    if (this.#isStalled) this.#options.onRecovered();
    this.#isStalled = false;
  }
}
