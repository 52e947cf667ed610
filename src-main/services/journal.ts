/** Writes to the store in order. When the disk is full they wait, in order, until there is space again: nothing is dropped. */
import { AppError } from '../../src-core/lib/errors.ts';

const RETRY_MS = 1000;
const STORAGE = ['host.store_full', 'host.store_read_only', 'host.store_busy', 'host.store_failed'];

export interface JournalOptions {
  /** Called once when writing stops, with what to tell the person, and once when everything is written. */
  readonly onStalled: (message: string) => void;
  readonly onRecovered: () => void;
}

export class Journal {
  readonly #options: JournalOptions;
  #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  get isStalled(): boolean {
    return this.#waiting.length > 0;
  }

  write(work: () => void): void {
    this.#waiting.push(work);
    if (this.#waiting.length === 1) this.#drain(false);
  }

  /** A last try, for the end: throws what still cannot be written. */
  close(): void {
    clearTimeout(this.#timer);
    for (const work of this.#waiting.splice(0)) work();
  }

  #drain(wasStalled: boolean): void {
    for (let work = this.#waiting[0]; work; work = this.#waiting[0]) {
      try {
        work();
      } catch (error) {
        if (!(error instanceof AppError) || !STORAGE.includes(error.code)) {
          this.#waiting = [];
          throw error;
        }
        if (!wasStalled) this.#options.onStalled(error.message);
        this.#timer = setTimeout(() => this.#drain(true), RETRY_MS);
        return;
      }
      this.#waiting.shift();
    }
    if (wasStalled) this.#options.onRecovered();
  }
}
