/**
 * The sweeps over a graph, cut into steps a person can follow: values one gate at a time, then gradients one gate at a
 * time from the result back (reverse), or derivatives with respect to one variable after the other (forward).
 */
import type { ScalarGraph, ScalarNode } from './scalar-graph.ts';
import { chain } from './tape.ts';
import type { Mode } from './trace.ts';

/** incoming × local = outgoing, on one edge. */
export interface Term {
  readonly edge: string;
  readonly incoming: number;
  readonly local: number;
  readonly outgoing: number;
}

export type SweepStep =
  /** A gate's value is computed. */
  | { readonly kind: 'value'; readonly node: string }
  /** The way back begins: ∂f/∂f = 1. */
  | { readonly kind: 'seed'; readonly node: string }
  /** A gate sends its gradient to its inputs. */
  | { readonly kind: 'back'; readonly node: string; readonly terms: readonly Term[] }
  /** A pass forward begins: the derivative of a variable with respect to itself is 1. */
  | { readonly kind: 'start'; readonly node: string; readonly by: string }
  /** ∂node/∂by: the sum of the terms. */
  | { readonly kind: 'tangent'; readonly node: string; readonly by: string; readonly terms: readonly Term[] };

/** Everything there is to see once some steps are done. */
export interface Seen {
  /** Ids of nodes whose value is known; variables always are. */
  readonly values: ReadonlySet<string>;
  /** What has arrived at each node so far: the gradient, or the derivative by the variable of this pass. */
  readonly derivatives: ReadonlyMap<string, number>;
  /** What has gone along each edge: gradient × local, or local × derivative. */
  readonly flows: ReadonlyMap<string, number>;
  /** The variable of this pass forward. */
  readonly by: string | null;
}

const isGate = ({ op }: ScalarNode): boolean => op !== 'variable' && op !== 'constant';

/** Steps that give all values. */
export function valueSteps({ nodes }: ScalarGraph): SweepStep[] {
  return nodes.filter(isGate).map(({ id }) => ({ kind: 'value', node: id }));
}

/** Steps that give all derivatives: one sweep in reverse mode, one for each variable forward. */
export function derivativeSteps(graph: ScalarGraph, mode: Mode): SweepStep[] {
  if (mode === 'reverse') return [{ kind: 'seed', node: graph.result }, ...backSteps(graph)];
  return graph.nodes.filter(({ op }) => op === 'variable').flatMap(({ id }) => forwardSteps(graph, id));
}

function backSteps({ nodes, edges }: ScalarGraph): SweepStep[] {
  return nodes
    .filter(isGate)
    .reverse()
    .map(({ id, gradient }) => ({
      kind: 'back',
      node: id,
      terms: edges
        .filter(({ to }) => to === id)
        .map((edge) => ({ edge: edge.id, incoming: gradient, local: edge.local, outgoing: edge.gradient })),
    }));
}

function forwardSteps({ nodes, edges }: ScalarGraph, by: string): SweepStep[] {
  const tangents = new Map([[by, 1]]);
  const steps = nodes.filter(isGate).map(({ id }): SweepStep => {
    const terms = edges
      .filter(({ to }) => to === id)
      .map(({ id: edge, from, local }) => {
        const incoming = tangents.get(from) ?? 0;
        return { edge, incoming, local, outgoing: chain(incoming, local) };
      });
    tangents.set(id, sumOf(terms));
    return { kind: 'tangent', node: id, by, terms };
  });
  return [{ kind: 'start', node: by, by }, ...steps];
}

function sumOf(terms: readonly Term[]): number {
  return terms.reduce((sum, { outgoing }) => sum + outgoing, 0);
}

/** What is seen after `steps`. A new pass forward wipes what the one before has left. */
export function seenAfter({ nodes, edges }: ScalarGraph, steps: readonly SweepStep[]): Seen {
  const values = new Set(nodes.filter((node) => !isGate(node)).map(({ id }) => id));
  const derivatives = new Map<string, number>();
  const flows = new Map<string, number>();
  const sources = new Map(edges.map(({ id, from }) => [id, from]));
  let by: string | null = null;
  for (const step of steps) {
    if (step.kind === 'value') values.add(step.node);
    if (step.kind === 'start') {
      by = step.by;
      derivatives.clear();
      flows.clear();
    }
    if (step.kind === 'seed' || step.kind === 'start') derivatives.set(step.node, 1);
    if (step.kind === 'tangent') derivatives.set(step.node, sumOf(step.terms));
    if (step.kind !== 'back' && step.kind !== 'tangent') continue;
    for (const { edge, outgoing } of step.terms) {
      flows.set(edge, outgoing);
      const source = sources.get(edge) ?? '';
      if (step.kind === 'back') derivatives.set(source, (derivatives.get(source) ?? 0) + outgoing);
    }
  }
  return { values, derivatives, flows, by };
}
