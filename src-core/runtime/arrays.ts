/** The numbers of a network's tensors, slots and gradients, a part at a time: large ones hold up nobody. */
import type { Operand, Session } from '../kernels/backend.ts';
import type { Program } from '../kernels/program.ts';
import { AppError } from '../lib/errors.ts';
import type { Turns } from '../lib/turns.ts';
import type { Network } from './define.ts';
import { gatherPart, partsOf, scatterPart, type Part } from '../tensor/layout-part.ts';
import type { Numbers } from '../tensor/layout.ts';

/** Numbers copied between two turns: about a millisecond of work. */
export const TURN_NUMBERS = 2 ** 17;
/** The same where they are only moved, not put into another order. */
const TURN_MOVED = 2 ** 19;

/** Tensors and slots by key as they lie in memory: those at work, or a copy of them. */
export type Bank = ReadonlyMap<string, Numbers>;

export class NetworkArrays {
  readonly #operands: ReadonlyMap<string, Operand>;
  readonly #gradients: ReadonlyMap<string, Operand>;
  /** The memory that training works on. */
  readonly live: Bank;

  constructor({ parameters, slots, training }: Program, session: Session) {
    const operandsOf = (values: Iterable<readonly [string, number]>): ReadonlyMap<string, Operand> =>
      new Map([...values].map(([key, value]) => [key, session.operand(value)]));
    this.#operands = operandsOf([...parameters, ...slots].map(({ key, value }) => [key, value] as const));
    this.#gradients = operandsOf(training?.gradients ?? []);
    this.live = new Map([...this.#operands].map(([key, { data }]) => [key, data]));
  }

  /** Keys of the tensors that have a gradient. */
  get gradientKeys(): readonly string[] {
    return [...this.#gradients.keys()];
  }

  /** Throws AppError 'engine.unknown_tensor'. */
  operand(key: string): Operand {
    return operandIn(this.#operands, key);
  }

  /** Numbers of a tensor or slot. */
  size(key: string): number {
    return this.operand(key).size;
  }

  /** Reads a part in logical (PyTorch) order; `into` begins with its first number. */
  read(key: string, part: Part, into: Numbers, bank: Bank = this.live): void {
    const { shape, layout } = this.operand(key);
    gatherPart(bank.get(key) ?? NOTHING, into, part, shape, layout);
  }

  /** Writes a part in logical order. */
  write(key: string, part: Part, values: ArrayLike<number>, bank: Bank = this.live): void {
    const { shape, layout } = this.operand(key);
    scatterPart(values, bank.get(key) ?? NOTHING, part, shape, layout);
  }

  /** Of the batch that was differentiated last, until the network computes anything else. */
  readGradient(key: string, part: Part, into: Numbers): void {
    const { data, shape, layout } = operandIn(this.#gradients, key);
    gatherPart(data, into, part, shape, layout);
  }

  /** Room for a copy; zeros. */
  newBank(): Bank {
    const like = (data: Numbers) =>
      data instanceof Float32Array ? new Float32Array(data.length) : new Float64Array(data.length);
    return new Map([...this.live].map(([key, data]) => [key, like(data)]));
  }

  /** Copies what is at work into a bank. */
  *keep(bank: Bank, keys: Iterable<string> = this.live.keys()): Turns<void> {
    let moved = 0;
    for (const key of keys) {
      const [from, to] = [this.live.get(key) ?? NOTHING, bank.get(key) ?? NOTHING];
      for (const part of partsOf(from.length, TURN_MOVED)) {
        to.set(from.subarray(part.from, part.to), part.from);
        moved += part.to - part.from;
        if (moved < TURN_MOVED) continue;
        moved = 0;
        yield;
      }
    }
  }
}
const NOTHING = new Float32Array(0);

function operandIn(operands: ReadonlyMap<string, Operand>, key: string): Operand {
  const operand = operands.get(key);
  if (operand === undefined)
    throw new AppError('engine.unknown_tensor', { key, known: [...operands.keys()].join(', ') });
  return operand;
}

/** Where numbers by tensor key come from. */
export interface TensorSource {
  readonly keys: readonly string[];
  size(key: string): number;
  read(key: string, part: Part, into: Numbers): void;
}

/** Tensors of a network at work. */
export function sourceOfNetwork({ tensors, arrays }: Pick<Network, 'tensors' | 'arrays'>): TensorSource {
  return {
    keys: tensors.map(({ key }) => key),
    size: (key) => arrays.size(key),
    read: (key, part, into) => arrays.read(key, part, into),
  };
}

/** Gradients of the batch that a network differentiated last. */
export function gradientsOf({ arrays }: Pick<Network, 'arrays'>): TensorSource {
  return {
    keys: arrays.gradientKeys,
    size: (key) => arrays.size(key),
    read: (key, part, into) => arrays.readGradient(key, part, into),
  };
}

/** Tensors that lie there whole. */
export function sourceOf(tensors: ReadonlyMap<string, ArrayLike<number>>): TensorSource {
  const valuesOf = (key: string): ArrayLike<number> => tensors.get(key) ?? NOTHING;
  return {
    keys: [...tensors.keys()],
    size: (key) => valuesOf(key).length,
    read: (key, { from, to }, into) => {
      const values = valuesOf(key);
      for (let i = from; i < to; i++) into[i - from] = values[i] as number;
    },
  };
}
