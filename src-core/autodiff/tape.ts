/** A formula written down as the list of its steps at a point, and the two sweeps over that list that give derivatives. */
import { AppError } from '../lib/errors.ts';
import { operationOf } from './evaluate.ts';
import type { Expression } from './parse.ts';

/** Values of variables by name. */
export type Point = Readonly<Record<string, number>>;

export interface Part {
  /** A variable's own name; n1, n2, … for the others, in the order they are computed. */
  readonly id: string;
  /** 'variable', 'constant', or an operation: 'add', 'multiply', 'sigmoid', … */
  readonly op: string;
  /** Places in the tape. */
  readonly inputs: readonly number[];
  readonly value: number;
  /** ∂value/∂input for each input. */
  readonly partials: readonly number[];
  /** True where no variable goes in. */
  readonly isConstant: boolean;
  /** What was written down. */
  readonly source: Expression;
}

export interface Tape {
  /** In the order they are computed: inputs before what is made of them. */
  readonly parts: readonly Part[];
  /** Place of the result. */
  readonly root: number;
}

/**
 * The steps of `expression` at a point. A variable used several times is one part. A power with a constant exponent
 * has no derivative with respect to it (its ln would not exist for a negative base).
 * Throws AppError 'expression.value' for a variable without a value.
 */
export function recordTape(expression: Expression, at: Point): Tape {
  const parts: Part[] = [];
  const variables = new Map<string, number>();
  let count = 0;

  function freshId(): string {
    do count += 1;
    while (Object.hasOwn(at, `n${count}`));
    return `n${count}`;
  }
  function leaf(part: Pick<Part, 'id' | 'op' | 'value' | 'isConstant' | 'source'>): number {
    return parts.push({ ...part, inputs: [], partials: [] }) - 1;
  }
  function variable(name: string, source: Expression): number {
    const known = variables.get(name);
    if (known !== undefined) return known;
    const value = Object.hasOwn(at, name) ? at[name] : undefined;
    if (value === undefined) {
      throw new AppError('expression.value', { name, given: Object.keys(at).join(', ') || 'nothing' });
    }
    const index = leaf({ id: name, op: 'variable', value, isConstant: false, source });
    variables.set(name, index);
    return index;
  }
  function visit(source: Expression): number {
    if (source.kind === 'name') return variable(source.name, source);
    if (source.kind === 'number') {
      return leaf({ id: freshId(), op: 'constant', value: source.value, isConstant: true, source });
    }
    const { op } = source;
    const inputs = source.inputs.map(visit);
    const values = inputs.map((input) => parts[input]?.value ?? NaN);
    const operation = operationOf(op);
    const value = operation.value(values);
    const areConstant = inputs.map((input) => parts[input]?.isConstant ?? false);
    const isPlainPower = op === 'power' && areConstant[1] === true;
    const partials = operation.partials(values, value).map((partial, i) => (isPlainPower && i === 1 ? 0 : partial));
    const isConstant = areConstant.every(Boolean);
    return parts.push({ id: freshId(), op, inputs, value, partials, isConstant, source }) - 1;
  }
  return { root: visit(expression), parts };
}

/** Derivatives of the result with respect to every part, in one sweep from the result to the variables. */
export function backward({ parts, root }: Tape): number[] {
  const gradients: number[] = parts.map((_, i) => (i === root ? 1 : 0));
  for (let i = root; i >= 0; i--) {
    const gradient = gradients[i] ?? 0;
    const { inputs, partials } = parts[i] ?? { inputs: [], partials: [] };
    inputs.forEach((input, k) => (gradients[input] = (gradients[input] ?? 0) + chain(gradient, partials[k] ?? 0)));
  }
  return gradients;
}

/** Derivative of the result with respect to part `seed`, in one sweep from the variables to the result. */
export function forward({ parts, root }: Tape, seed: number): number {
  const tangents: number[] = parts.map(() => 0);
  parts.forEach(({ inputs, partials }, i) => {
    const own = inputs.reduce((sum, input, k) => sum + chain(tangents[input] ?? 0, partials[k] ?? 0), 0);
    tangents[i] = i === seed ? 1 : own;
  });
  return tangents[root] ?? NaN;
}

/** A product in which nothing stays nothing, also times an infinite slope. */
export function chain(gradient: number, partial: number): number {
  return gradient === 0 || partial === 0 ? 0 : gradient * partial;
}
