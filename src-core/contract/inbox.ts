/** Keeps what a wire received before anybody listened, and whether it closed. Every wire is built on it. */
import { assert } from '../lib/assert.ts';

export class Inbox {
  #listener: ((frame: Uint8Array) => void) | null = null;
  #early: Uint8Array[] = [];
  readonly #closeListeners: (() => void)[] = [];
  #isClosed = false;

  get isClosed(): boolean {
    return this.#isClosed;
  }

  receive(frame: Uint8Array): void {
    if (this.#listener) this.#listener(frame);
    else this.#early.push(frame);
  }

  /** One listener; it gets the frames that came early at once. */
  listen(listener: (frame: Uint8Array) => void): void {
    assert(this.#listener === null, 'a wire has one listener');
    this.#listener = listener;
    const early = this.#early;
    this.#early = [];
    for (const frame of early) listener(frame);
  }

  onClose(listener: () => void): void {
    if (this.#isClosed) listener();
    else this.#closeListeners.push(listener);
  }

  /** Safe to call twice: closing from this side and hearing of it from the other are one event. */
  closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const listener of this.#closeListeners) listener();
  }
}
