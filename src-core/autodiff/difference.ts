/** Slopes by recomputing a formula at neighbouring points: a check that knows nothing of rules. */
import { assert } from '../lib/assert.ts';
import { compileExpression } from './evaluate.ts';
import type { Expression } from './parse.ts';
import { backward, recordTape, type Point } from './tape.ts';

/** Small enough for an error of h²f‴/6 ≈ 1e-10, large enough that rounding stays near 1e-11. */
export const STEP = 1e-5;

export interface Difference {
  /** (f(x+h) − f(x−h)) / 2h; error h²f‴/6. */
  readonly central: number;
  /** (f(x+h) − f(x)) / h; error hf″/2. */
  readonly right: number;
  /** (f(x) − f(x−h)) / h. */
  readonly left: number;
  readonly h: number;
}

/** h for a variable of that size. */
export function stepFor(value: number): number {
  return STEP * Math.max(1, Math.abs(value));
}

/**
 * Slopes of `expression` along one variable at a point, by three computations of it.
 * @param h > 0
 */
export function difference(expression: Expression, at: Point, name: string, h: number): Difference {
  const names = Object.keys(at);
  const evaluate = compileExpression(expression, names);
  const x = at[name];
  assert(x !== undefined, `${name} has a value`);
  const value = (moved: number): number => evaluate(names.map((one) => (one === name ? moved : (at[one] ?? NaN))));
  const [below, here, above] = [value(x - h), value(x), value(x + h)];
  return { central: (above - below) / (2 * h), right: (above - here) / h, left: (here - below) / h, h };
}

const EPSILON = Number.EPSILON;

/**
 * How much rounding alone can put into a central difference: every computed part, and the variable that
 * is moved, is rounded by ε|v|, which moves the result by ε|v · ∂f/∂v|, and the sum is divided by h. First order.
 */
export function roundingOf(expression: Expression, at: Point, name: string, h: number): number {
  const tape = recordTape(expression, at);
  const gradients = backward(tape);
  const moves = tape.parts.map(({ id, value, inputs }, i) =>
    inputs.length === 0 && id !== name ? 0 : Math.abs(value * (gradients[i] ?? 0)),
  );
  return (EPSILON * moves.reduce((sum, move) => sum + (Number.isFinite(move) ? move : 0), 0)) / h;
}
