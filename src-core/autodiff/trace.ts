/**
 * The lesson engine: a formula as a graph of scalars with value and gradient on every node, backward in one pass or
 * forward in one pass per variable. After A. Karpathy's micrograd (2020), which has one class for what is here data.
 */
import type { Expression } from './parse.ts';
import { backward, forward, recordTape, type Point } from './tape.ts';

export interface TraceNode {
  /** A variable's own name; n1, n2, … for the others, in the order they are computed. */
  readonly id: string;
  /** 'variable', 'constant', or an operation: 'add', 'multiply', 'sigmoid', … */
  readonly op: string;
  /** Ids. */
  readonly inputs: readonly string[];
  readonly value: number;
  /** Derivative of the result with respect to this node. */
  readonly gradient: number;
}

export type Mode = 'reverse' | 'forward';

export interface Trace {
  readonly value: number;
  /** Of the variables, in the order of their first use. */
  readonly gradients: Readonly<Record<string, number>>;
  /** In the order they are computed; the result is last unless it is a variable alone. */
  readonly nodes: readonly TraceNode[];
  /** Sweeps over the graph that the gradients of the variables took: 1 in reverse mode, one per variable forward. */
  readonly passes: number;
}

/**
 * Value and gradient of every node of `expression` at a point. A variable used several times is one node, whose
 * gradient is the sum over its uses.
 * Throws AppError 'expression.value' for a variable without a value.
 */
export function traceExpression(expression: Expression, at: Point, mode: Mode = 'reverse'): Trace {
  const tape = recordTape(expression, at);
  const { parts, root } = tape;
  const gradients = mode === 'reverse' ? backward(tape) : parts.map((_, seed) => forward(tape, seed));
  const nodes = parts.map(({ id, op, inputs, value }, i) => {
    return { id, op, inputs: inputs.map((input) => parts[input]?.id ?? ''), value, gradient: gradients[i] ?? NaN };
  });
  const variables = nodes.filter(({ op }) => op === 'variable');
  return {
    value: parts[root]?.value ?? NaN,
    gradients: Object.fromEntries(variables.map(({ id, gradient }) => [id, gradient])),
    nodes,
    passes: mode === 'reverse' ? 1 : variables.length,
  };
}
