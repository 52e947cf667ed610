/** What the sweeps over a graph cost, in operations. */
import type { ScalarGraph } from './scalar-graph.ts';

export interface Costs {
  /** Gates computed on the way forward, each once. */
  readonly forwardGates: number;
  /** Products gradient × local on the way back: one for each edge. */
  readonly backwardProducts: number;
  /** Additions where several edges leave a node. */
  readonly backwardSums: number;
  /** Sweeps that central differences take: two for each variable. */
  readonly differenceSweeps: number;
}

/** Counted on the graph, not timed. */
export function costsOf({ nodes, edges }: ScalarGraph): Costs {
  const isLeaf = (op: string): boolean => op === 'variable' || op === 'constant';
  const sources = new Set(edges.map(({ from }) => from));
  return {
    forwardGates: nodes.filter(({ op }) => !isLeaf(op)).length,
    backwardProducts: edges.length,
    backwardSums: edges.length - sources.size,
    differenceSweeps: 2 * nodes.filter(({ op }) => op === 'variable').length,
  };
}
