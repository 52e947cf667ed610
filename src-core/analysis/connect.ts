/** Says, while a wire is being drawn, whether it may end here. */
import type { ProjectDocument } from '../graph/model.ts';
import { outputsOf, reachable } from '../graph/order.ts';
import { errorText } from '../lib/errors.ts';
import { findLayer } from '../layers/registry.ts';

/**
 * Why there can be no wire from `from` to `to`, in a sentence; null: there can. Shapes are not asked: a wire whose
 * shapes do not fit may be drawn, and its problem comes with a fix.
 */
export function connectionProblem(document: ProjectDocument, from: string, to: string): string | null {
  return connectionCheck(document, from)(to);
}

/** The same for many targets of one source: the graph is walked once. */
export function connectionCheck(document: ProjectDocument, from: string): (to: string) => string | null {
  const { graph } = document;
  const types = new Map(graph.nodes.map(({ id, type }) => [id, type]));
  const counts = new Map<string, number>();
  for (const edge of graph.edges) counts.set(edge.to, (counts.get(edge.to) ?? 0) + 1);
  const upstream = reachable([from], sourcesOf(document));
  return (to) => {
    const takes = findLayer(types.get(to) ?? '')?.inputs;
    if (to === from) return errorText('connect.self', { node: to });
    if (types.get(from) === 'output') return errorText('connect.from_output', { node: from });
    if (takes === 'none') return errorText('connect.into_input', { node: to });
    if (upstream.has(to)) return errorText('connect.cycle', { from, to });
    if (takes === 'one' && (counts.get(to) ?? 0) > 0) return errorText('connect.taken', { node: to });
    return null;
  };
}

function sourcesOf({ graph }: ProjectDocument): ReadonlyMap<string, readonly string[]> {
  return outputsOf({ ...graph, edges: graph.edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from })) });
}
