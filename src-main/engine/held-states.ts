/** Saved states that the host hands over piece by piece, until the call they are for takes them. */
import type { StateArg, StatePiece } from '../../src-core/contract/engine.ts';
import { AppError } from '../../src-core/lib/errors.ts';

interface Held {
  readonly bytes: Uint8Array;
  filled: number;
}

export class HeldStates {
  readonly #held = new Map<string, Held>();

  /** Pieces of a state come in order. */
  add({ key, size, at, bytes }: StatePiece): void {
    const held = at === 0 ? { bytes: new Uint8Array(size), filled: 0 } : this.#held.get(key);
    if (held === undefined || held.filled !== at || at + bytes.length > held.bytes.length)
      throw new AppError('host.state_gone', {});
    held.bytes.set(bytes, at);
    held.filled += bytes.length;
    this.#held.set(key, held);
  }

  /** The whole state, which is held no longer. */
  take(state: StateArg): Uint8Array {
    if (state instanceof Uint8Array) return state;
    const held = this.#held.get(state.key);
    this.#held.delete(state.key);
    if (held === undefined || held.filled !== held.bytes.length) throw new AppError('host.state_gone', {});
    return held.bytes;
  }

  drop(key: string): void {
    this.#held.delete(key);
  }
}
