/** A formula as a graph to draw: gates and variables, and on every edge what flows forward and what flows back. */
import { assert } from '../lib/assert.ts';
import type { Expression } from './parse.ts';
import { backward, chain, recordTape, type Part, type Point } from './tape.ts';

export interface ScalarNode {
  /** A variable's name, or n1, n2, … */
  readonly id: string;
  /** 'variable', 'constant' (a formula without variables) or an operation. */
  readonly op: string;
  /** For each argument of the operation the number that stands there, or null where an edge comes in. */
  readonly constants: readonly (number | null)[];
  readonly value: number;
  /** Derivative of the result with respect to this node: the sum over the edges that leave it. */
  readonly gradient: number;
  readonly source: Expression;
}

export interface ScalarEdge {
  /** 'x>n1:0': from, to and the argument. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Which argument of `to`, from 0. */
  readonly slot: number;
  /** What flows forward: the value of `from`. */
  readonly value: number;
  /** ∂to/∂from by this argument alone. */
  readonly local: number;
  /** What flows back: gradient of `to` × local. */
  readonly gradient: number;
}

export interface ScalarGraph {
  /** In the order they are computed. */
  readonly nodes: readonly ScalarNode[];
  readonly edges: readonly ScalarEdge[];
  /** Id of the node whose value is the formula's. */
  readonly result: string;
}

/**
 * The graph of `expression` at a point. Numbers in the formula are part of the gate they go into ("+ 1", "x³").
 * Throws AppError 'expression.value' for a variable without a value.
 */
export function scalarGraph(expression: Expression, at: Point): ScalarGraph {
  const tape = recordTape(expression, at);
  const { parts, root } = tape;
  const gradients = backward(tape);
  const gradientOf = (index: number): number => gradients[index] ?? 0;
  const isDrawn = (part: Part, index: number): boolean => !part.isConstant || index === root;
  const nodes = parts.flatMap((part, index): ScalarNode[] => {
    const { id, op, value, source } = part;
    const constants = part.isConstant ? [] : part.inputs.map((input) => constantAt(parts, input));
    return isDrawn(part, index)
      ? [{ id, op: opOf(part, op), constants, value, gradient: gradientOf(index), source }]
      : [];
  });
  const edges = parts.flatMap((part, index) => (isDrawn(part, index) ? edgesInto(parts, part, gradientOf(index)) : []));
  return { nodes, edges, result: parts[root]?.id ?? '' };
}

function opOf({ isConstant }: Part, op: string): string {
  return isConstant ? 'constant' : op;
}

function constantAt(parts: readonly Part[], input: number): number | null {
  const part = parts[input];
  return part?.isConstant === true ? part.value : null;
}

function edgesInto(parts: readonly Part[], { id, inputs, partials }: Part, gradient: number): ScalarEdge[] {
  return inputs.flatMap((input, slot) => {
    const from = parts[input];
    if (from === undefined || from.isConstant) return [];
    const local = partials[slot] ?? 0;
    return [edge({ from: from.id, to: id, slot, value: from.value, local }, gradient)];
  });
}

/** @param incoming gradient of the node the edge leads to */
export function edge(parts: Omit<ScalarEdge, 'id' | 'gradient'>, incoming: number): ScalarEdge {
  const { from, to, slot, local } = parts;
  return { ...parts, id: `${from}>${to}:${slot}`, gradient: chain(incoming, local) };
}

/** The node of that id, which the graph has. */
export function nodeById({ nodes }: ScalarGraph, id: string): ScalarNode {
  const node = nodes.find((one) => one.id === id);
  assert(node !== undefined, `the graph has a node ${id}`);
  return node;
}

/** The first node that computes this part of the formula, if there is one. */
export function nodeOfSource({ nodes }: ScalarGraph, source: Expression): ScalarNode | undefined {
  const wanted = JSON.stringify(source);
  return nodes.find((node) => JSON.stringify(node.source) === wanted);
}
