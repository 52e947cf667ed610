/** Sends saved states to the host piece by piece, so slowly that the answer to a message never waits behind them. */
import type { CheckpointPart } from '../../src-core/contract/engine.ts';

export const PART_BYTES = 512 * 1024;
/** Between two pieces. */
const PAUSE_MS = 4;

export interface PartSenderOptions {
  readonly send: (part: CheckpointPart) => void;
  /** Bytes handed over and not yet sent; 0 where that cannot be told. */
  readonly backlog: () => number;
  /** All that was added is sent. */
  readonly onEmpty: () => void;
}

/** A state with all that is said about it. */
export type WholeState = Omit<CheckpointPart, 'part' | 'isComplete' | 'size'>;

export class PartSender {
  readonly #options: PartSenderOptions;
  #waiting: CheckpointPart[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(options: PartSenderOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** States that were saved together: they count when the last piece of the last one is there. */
  add(states: readonly WholeState[]): void {
    for (const state of states) {
      const size = state.bytes.byteLength;
      const count = Math.max(1, Math.ceil(size / PART_BYTES));
      for (let part = 0; part < count; part++) {
        const bytes = state.bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
        this.#waiting.push({ ...state, size, part, bytes, isComplete: state === states.at(-1) && part === count - 1 });
      }
    }
    if (this.#timer === null) this.#next();
  }

  /** Everything at once. */
  flush(): void {
    while (!this.isEmpty) this.#send();
    this.dispose();
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = [];
  }

  #next(): void {
    this.#timer = null;
    if (this.#options.backlog() <= PART_BYTES) this.#send();
    if (!this.isEmpty) this.#timer = setTimeout(() => this.#next(), PAUSE_MS);
  }

  #send(): void {
    const part = this.#waiting.shift();
    if (part === undefined) return;
    this.#options.send(part);
    if (this.isEmpty) this.#options.onEmpty();
  }
}
