/** Copies of a network's numbers at the ends of epochs: the last sound ones, the best ones, and those that are being saved. */
import type { Turns } from '../lib/turns.ts';
import type { Bank, TensorSource } from '../runtime/arrays.ts';
import type { Network } from '../runtime/define.ts';
import type { SavedArray } from './checkpoint.ts';
import type { Numbers, RunState, Standing } from './state.ts';

/** A state of the run, whole. */
export interface Kept {
  readonly standing: Standing;
  readonly bank: Bank;
}

/** Memory of copies that nobody holds any more is used again: an epoch of a small network is over in microseconds. */
export class KeptStates {
  readonly #network: Network;
  readonly #free: Bank[] = [];
  readonly #holds = new Map<Bank, number>();

  constructor(network: Network) {
    this.#network = network;
  }

  /**
   * A copy of the network as it is now, to be released.
   * @param what 'tensors' where the slots are all zero
   */
  *keep(what: 'all' | 'tensors'): Turns<Bank> {
    const { arrays, tensors } = this.#network;
    const bank = what === 'all' ? this.#take() : arrays.newBank();
    this.#holds.set(bank, 1);
    yield* arrays.keep(bank, what === 'all' ? undefined : tensors.map(({ key }) => key));
    return bank;
  }

  /** A saved state as if it had been kept. */
  restore({ tensors, slots, ...standing }: RunState): Kept {
    const bank = this.#take();
    this.#holds.set(bank, 1);
    for (const [key, values] of [...tensors, ...slots]) {
      this.#network.arrays.write(key, { from: 0, to: values.length }, values, bank);
    }
    return { standing, bank };
  }

  /** Each hold takes a release. */
  hold(kept: Kept): Kept {
    this.#holds.set(kept.bank, (this.#holds.get(kept.bank) ?? 0) + 1);
    return kept;
  }

  release(kept: Pick<Kept, 'bank'> | null): void {
    if (kept === null) return;
    const holds = (this.#holds.get(kept.bank) ?? 0) - 1;
    if (holds > 0) {
      this.#holds.set(kept.bank, holds);
      return;
    }
    this.#holds.delete(kept.bank);
    this.#free.push(kept.bank);
  }

  /** Work on a bank, which is held until it ends. */
  held<T>(kept: Kept, work: Turns<T>): Turns<T> {
    this.hold(kept);
    const release = () => this.release(kept);
    return (function* () {
      try {
        return yield* work;
      } finally {
        release();
      }
    })();
  }

  /** Tensors and slots of a bank as checkpoints take them. */
  arraysOf(bank: Bank): SavedArray[] {
    const { arrays, tensors, slots } = this.#network;
    const saved = (part: SavedArray['part'], key: string): SavedArray => {
      const dtype = bank.get(key) instanceof Float32Array ? 'float32' : 'float64';
      return { part, key, dtype, length: arrays.size(key), read: (some, into) => arrays.read(key, some, into, bank) };
    };
    return [...tensors.map(({ key }) => saved('tensors', key)), ...slots.map(({ key }) => saved('slots', key))];
  }

  /** Tensors of a bank, to be read a part at a time. */
  source(bank: Bank): TensorSource {
    const { arrays, tensors } = this.#network;
    return {
      keys: tensors.map(({ key }) => key),
      size: (key) => arrays.size(key),
      read: (key, part, into) => arrays.read(key, part, into, bank),
    };
  }

  /** Copies of the tensors of a bank. */
  tensors(bank: Bank): Map<string, Numbers> {
    const { keys, size, read } = this.source(bank);
    return new Map(
      keys.map((key) => {
        const to = size(key);
        const copy = bank.get(key) instanceof Float32Array ? new Float32Array(to) : new Float64Array(to);
        read(key, { from: 0, to }, copy);
        return [key, copy];
      }),
    );
  }

  #take(): Bank {
    return this.#free.pop() ?? this.#network.arrays.newBank();
  }
}
