/** Lays a graph out from left to right with as few crossing wires as can be: the layered layout of dagre. */
import dagre from '@dagrejs/dagre';
import type { Position } from '../../src-core/graph/edit.ts';

/** Room of a card; a warning or a picture below it has some to spare. */
const CARD = { width: 160, height: 104 };
/** Room between columns, for the numbers on wires, and between rows. */
const GAP = { column: 80, row: 36 };

export interface LayoutTask {
  readonly nodes: readonly string[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}
export type Places = Readonly<Record<string, Position>>;

/** Top left corners of the cards; the same task gives the same places. Wires to other nodes than the task's are left out. */
export function tidyLayout({ nodes, edges }: LayoutTask): Places {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: GAP.column, nodesep: GAP.row });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of nodes) graph.setNode(id, { ...CARD });
  const known = new Set(nodes);
  for (const { from, to } of edges) if (known.has(from) && known.has(to)) graph.setEdge(from, to);
  dagre.layout(graph);
  return Object.fromEntries(nodes.map((id) => [id, cornerOf(graph.node(id))]));
}

/** dagre says where middles are. */
function cornerOf(node: unknown): Position {
  const { x, y } = node as Position; // set by `layout` for every node
  return { x: Math.round(x - CARD.width / 2), y: Math.round(y - CARD.height / 2) };
}
