/**
 * The lesson engine: a formula as a graph of scalars with value and gradient on every node, backward in one pass or
 * forward in one pass per variable. After A. Karpathy's micrograd (2020), which has one class for what is here data.
 */
import { AppError } from '../lib/errors.ts';
import { operationOf } from './evaluate.ts';
import type { Expression } from './parse.ts';

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

interface Part {
  readonly id: string;
  readonly op: string;
  readonly inputs: readonly number[];
  readonly value: number;
  /** ∂value/∂input for each input. */
  readonly partials: readonly number[];
}

/**
 * Value and gradient of every node of `expression` at a point. A variable used several times is one node, whose
 * gradient is the sum over its uses. A power with a constant exponent has no derivative with respect to it
 * (its ln would not exist for a negative base).
 * Throws AppError 'expression.value' for a variable without a value.
 */
export function traceExpression(
  expression: Expression,
  at: Readonly<Record<string, number>>,
  mode: Mode = 'reverse',
): Trace {
  const { parts, root } = build(expression, at);
  const gradients = mode === 'reverse' ? backward(parts, root) : parts.map((_, seed) => forward(parts, root, seed));
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

/** Parts in the order they are computed: inputs before what is made of them. */
function build(expression: Expression, at: Readonly<Record<string, number>>): { parts: Part[]; root: number } {
  const parts: Part[] = [];
  const variables = new Map<string, number>();
  const constants = new Set<number>();
  let count = 0;

  function freshId(): string {
    do count += 1;
    while (Object.hasOwn(at, `n${count}`));
    return `n${count}`;
  }
  function add(part: Part, isConstant: boolean): number {
    if (isConstant) constants.add(parts.length);
    return parts.push(part) - 1;
  }
  function variable(name: string): number {
    const known = variables.get(name);
    if (known !== undefined) return known;
    const value = Object.hasOwn(at, name) ? at[name] : undefined;
    if (value === undefined) {
      throw new AppError('expression.value', { name, given: Object.keys(at).join(', ') || 'nothing' });
    }
    const index = add({ id: name, op: 'variable', inputs: [], value, partials: [] }, false);
    variables.set(name, index);
    return index;
  }
  function visit(part: Expression): number {
    if (part.kind === 'name') return variable(part.name);
    if (part.kind === 'number') {
      return add({ id: freshId(), op: 'constant', inputs: [], value: part.value, partials: [] }, true);
    }
    const { op } = part;
    const inputs = part.inputs.map(visit);
    const values = inputs.map((input) => parts[input]?.value ?? NaN);
    const operation = operationOf(op);
    const value = operation.value(values);
    const isPlainPower = op === 'power' && constants.has(inputs[1] ?? -1);
    const partials = operation.partials(values, value).map((partial, i) => (isPlainPower && i === 1 ? 0 : partial));
    const isConstant = inputs.every((input) => constants.has(input));
    return add({ id: freshId(), op, inputs, value, partials }, isConstant);
  }
  return { root: visit(expression), parts };
}

/** Gradients of the result with respect to every part, in one sweep from the result to the variables. */
function backward(parts: readonly Part[], root: number): number[] {
  const gradients: number[] = parts.map((_, i) => (i === root ? 1 : 0));
  for (let i = root; i >= 0; i--) {
    const gradient = gradients[i] ?? 0;
    const { inputs, partials } = parts[i] ?? { inputs: [], partials: [] };
    inputs.forEach((input, k) => (gradients[input] = (gradients[input] ?? 0) + chain(gradient, partials[k] ?? 0)));
  }
  return gradients;
}

/** Derivative of the result with respect to part `seed`, in one sweep from the variables to the result. */
function forward(parts: readonly Part[], root: number, seed: number): number {
  const tangents: number[] = parts.map(() => 0);
  parts.forEach(({ inputs, partials }, i) => {
    const own = inputs.reduce((sum, input, k) => sum + chain(tangents[input] ?? 0, partials[k] ?? 0), 0);
    tangents[i] = i === seed ? 1 : own;
  });
  return tangents[root] ?? NaN;
}

/** A product in which nothing stays nothing, also times an infinite slope. */
function chain(gradient: number, partial: number): number {
  return gradient === 0 || partial === 0 ? 0 : gradient * partial;
}
