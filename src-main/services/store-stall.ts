/** A run while the store takes nothing: it waits, and goes on by itself where it did not rest before. */
import type { AppError } from '../../src-core/lib/errors.ts';

export interface StoreStallOptions {
  /** Null without a run. */
  readonly isRunning: () => boolean | null;
  readonly pause: () => void;
  readonly goOn: () => void;
}

export class StoreStall {
  readonly #options: StoreStallOptions;
  #problem: AppError | null = null;
  #goesOn = false;

  constructor(options: StoreStallOptions) {
    this.#options = options;
  }

  /** Why the run has to wait; null while the store takes everything. */
  get reason(): string | null {
    return this.#problem?.message ?? null;
  }

  /** Throws what is wrong with the store. */
  refuse(): void {
    if (this.#problem !== null) throw this.#problem;
  }

  begin(problem: AppError): void {
    const isRunning = this.#options.isRunning();
    if (isRunning === null) return;
    this.#problem = problem;
    this.#goesOn = isRunning;
    if (isRunning) this.#options.pause();
  }

  end(): void {
    const goesOn = this.#goesOn;
    this.#problem = null;
    this.#goesOn = false; // a run that is started while the store takes nothing is another one
    if (goesOn) this.#options.goOn();
  }
}
