/** The wires of a graph with what is known of each at this step. */
import { resultEdge } from '../graph-layout.ts';
import type { Sweeps } from '../sweeps.svelte.ts';

export interface Wire {
  readonly id: string;
  readonly from: string;
  readonly to: string | null;
  /** null until it is computed. */
  readonly value: number | null;
  /** In reverse mode of the result by this wire, forward of this wire by the variable of the pass. */
  readonly derivative: number | null;
}

/** The last one leads out of the graph. */
export function wiresOf({ graph, seen, mode }: Sweeps): readonly Wire[] {
  const valueOf = (id: string, value: number): number | null => (seen.values.has(id) ? value : null);
  const inner = graph.edges.map(({ id, from, to, value }) => ({
    id,
    from,
    to,
    value: valueOf(from, value),
    derivative: (mode === 'reverse' ? seen.flows.get(id) : seen.derivatives.get(from)) ?? null,
  }));
  const { result } = graph;
  const value = graph.nodes.find(({ id }) => id === result)?.value ?? NaN;
  const derivative = seen.derivatives.get(result) ?? null;
  return [...inner, { id: resultEdge(graph), from: result, to: null, value: valueOf(result, value), derivative }];
}
