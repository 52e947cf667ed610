/** A step of a sweep in words. */
import { gateOf, gateSign } from '../../src-core/autodiff/gates.ts';
import { nodeById, type ScalarGraph, type ScalarNode } from '../../src-core/autodiff/scalar-graph.ts';
import type { SweepStep, Term } from '../../src-core/autodiff/sweep.ts';

type Write = (value: number) => string;

/** What a node is called: a variable's name, or the sign of its gate. */
export function nodeName({ id, op, constants, value }: ScalarNode): string {
  if (op === 'variable') return id;
  return op === 'constant' ? String(value) : gateSign(op, constants);
}

/** One line on what happened; the products of the way back follow as `productLines`. */
export function stepLine(graph: ScalarGraph, step: SweepStep, write: Write): string {
  const node = nodeById(graph, step.node);
  const name = nodeName(node);
  switch (step.kind) {
    case 'value':
      return `${gateOf(node.op).name} (${name}): ${inputsOf(graph, node, write)} → ${write(node.value)}`;
    case 'seed':
      return 'The way back begins with ∂f/∂f = 1';
    case 'back':
      return `${gateOf(node.op).name} (${name}) sends its gradient ${write(node.gradient)} back`;
    case 'start':
      return `Pass for ${step.by}: ∂${step.by}/∂${step.by} = 1, all other variables stand still`;
    case 'tangent':
      return `${gateOf(node.op).name} (${name}) moves with ${step.by} at the rate ${write(sum(step.terms))}`;
  }
}

/** 'incoming × local = outgoing', for each edge of the step. */
export function productLines(graph: ScalarGraph, step: SweepStep, write: Write): readonly string[] {
  if (!('terms' in step)) return [];
  return step.terms.map(({ edge, incoming, local, outgoing }) => {
    const from = graph.edges.find(({ id }) => id === edge)?.from ?? '';
    const product = `${write(incoming)} × ${write(local)} = ${write(outgoing)}`;
    return `${product} ${step.kind === 'back' ? 'to' : 'from'} ${nodeName(nodeById(graph, from))}`;
  });
}

function inputsOf({ edges }: ScalarGraph, { id }: ScalarNode, write: Write): string {
  return edges
    .filter(({ to }) => to === id)
    .map(({ value }) => write(value))
    .join(' and ');
}

function sum(terms: readonly Term[]): number {
  return terms.reduce((total, { outgoing }) => total + outgoing, 0);
}
