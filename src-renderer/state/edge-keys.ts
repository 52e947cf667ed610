/** Names for wires: the document has none, the canvas and the selection need one for each. */
import type { Graph } from '../../src-core/graph/model.ts';

/** One key an edge, in file order: 'h1→h2', and 'h1→add#2' for the second wire between the same two nodes. */
export function edgeKeys(graph: Graph): readonly string[] {
  const seen = new Map<string, number>();
  return graph.edges.map(({ from, to }) => {
    const key = `${from}→${to}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key}#${count}`;
  });
}
