/**
 * Writes to the store one after the other, in the order in which they were asked for. When the disk is full all wait until there is
 * space again: nothing is dropped.
 */
import { AppError } from '../../src-core/lib/errors.ts';

const RETRY_MS = 1000;
const STORAGE = ['host.store_full', 'host.store_read_only', 'host.store_busy', 'host.store_gone', 'host.store_failed'];

export interface JournalOptions {
  /** Called once when writing stops, with what to tell the person, and once when everything is written. */
  readonly onStalled: (problem: AppError) => void;
  readonly onRecovered: () => void;
}

/** Done when what it returns resolves; it may be tried again after an error. */
type Work = () => unknown;

export class Journal {
  readonly #options: JournalOptions;
  #waiting: Work[] = [];
  #draining: Promise<void> | null = null;
  #isStalled = false;
  #isClosing = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** Begun at once when nothing waits before it. */
  write(work: Work): void {
    this.#waiting.push(work);
    if (!this.#retry && !this.#isClosing) this.#draining ??= this.#drain();
  }

  /** A last try, for the end: rejects with what still cannot be written. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#draining;
    clearTimeout(this.#retry);
    await this.#writeAll();
  }

  async #drain(): Promise<void> {
    this.#retry = undefined;
    try {
      await this.#writeAll();
      if (this.#isStalled) this.#options.onRecovered();
      this.#isStalled = false;
    } catch (error) {
      this.#stall(error);
    } finally {
      this.#draining = null;
    }
  }

  async #writeAll(): Promise<void> {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      await next();
      this.#waiting.shift();
    }
  }

  #stall(error: unknown): void {
    if (!(error instanceof AppError) || !STORAGE.includes(error.code)) {
      this.#waiting = [];
      throw error;
    }
    this.#retry = setTimeout(() => (this.#draining = this.#drain()), RETRY_MS);
    if (!this.#isStalled) this.#options.onStalled(error);
    this.#isStalled = true;
  }
}
