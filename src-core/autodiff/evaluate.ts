/** Expressions as plain functions of a row of numbers, for many rows. */
import { assert } from '../lib/assert.ts';
import { ownEntry } from '../lib/fields-check.ts';
import { FUNCTIONS, OPERATORS, type Operation } from './operations.ts';
import type { Expression } from './parse.ts';

/** The operation of that name, be it an operator or a function. */
export function operationOf(op: string): Operation {
  const operation = ownEntry<Operation>(OPERATORS, op) ?? ownEntry(FUNCTIONS, op);
  assert(operation !== undefined, `the parser knows no operation ${op}`);
  return operation;
}

/**
 * The value of `expression` for a row of values, one for each of `names` in order.
 * @param names holds every name of the expression
 */
export function compileExpression(
  expression: Expression,
  names: readonly string[],
): (row: ArrayLike<number>) => number {
  if (expression.kind === 'number') return () => expression.value;
  if (expression.kind === 'name') {
    const at = names.indexOf(expression.name);
    assert(at >= 0, `no value for ${expression.name}`);
    return (row) => row[at] ?? NaN;
  }
  const { value } = operationOf(expression.op);
  const inputs = expression.inputs.map((input) => compileExpression(input, names));
  return (row) => value(inputs.map((input) => input(row)));
}
