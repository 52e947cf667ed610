/** Takes a page's calls in no faster than it reads their answers, so that one which only asks costs little memory. */
import type { Wire } from '../../src-core/contract/wire.ts';
import { MAX_BUFFERED_BYTES } from './events.ts';

/** Calls under way at a time; a page makes a few, and a list of many runs some dozens. */
const MAX_OPEN_CALLS = 64;
/** Events for the eye stay below half of it, so that a page which is only slow is not kept waiting. */
const MAX_UNREAD_BYTES = 2 * MAX_BUFFERED_BYTES;
const RETRY_MS = 20;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class Intake {
  readonly #wire: Wire;
  readonly #answer: (frame: Uint8Array) => Promise<void>;
  #waiting: Uint8Array[] = [];
  #isTaking = false;
  #openCalls = 0;
  #retry: NodeJS.Timeout | undefined;

  /** @param answer never rejects */
  constructor(wire: Wire, answer: (frame: Uint8Array) => Promise<void>) {
    this.#wire = wire;
    this.#answer = answer;
    wire.onClose(() => {
      this.#waiting = [];
      clearTimeout(this.#retry);
    });
  }

  /** In order; at once where nothing waits. */
  push(frame: Uint8Array): void {
    this.#waiting.push(frame);
    if (this.#waiting.length > MAX_OPEN_CALLS) this.#wire.setReading?.(false);
    void this.#take();
  }

  get #isFull(): boolean {
    return this.#openCalls >= MAX_OPEN_CALLS || this.#wire.bufferedBytes() > MAX_UNREAD_BYTES;
  }

  async #take(): Promise<void> {
    if (this.#isTaking) return;
    this.#isTaking = true;
    clearTimeout(this.#retry);
    while (!this.#isFull) {
      const frame = this.#waiting.shift();
      if (frame === undefined) break;
      // What is answered at once is on its way before the next one is looked at.
      await Promise.race([this.#start(frame), nextTurn()]);
    }
    this.#isTaking = false;
    this.#wire.setReading?.(this.#waiting.length === 0);
    if (this.#waiting.length > 0) this.#retry = setTimeout(() => void this.#take(), RETRY_MS);
  }

  async #start(frame: Uint8Array): Promise<void> {
    this.#openCalls++;
    await this.#answer(frame);
    this.#openCalls--;
  }
}
