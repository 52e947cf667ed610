/** Lays a graph out from left to right with as few crossing wires as can be: the layered layout of dagre, long ones in several lines. */
import dagre from '@dagrejs/dagre';
import type { Position } from '../../src-core/graph/edit.ts';
import { columnsPerLine } from '../../src-core/graph/fold.ts';
import { LINE_GAP_PX } from './layout.ts';

/** Room of a card with two rows of pictures. */
const CARD = { width: 160, height: 136 };
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
  return folded(Object.fromEntries(nodes.map((id) => [id, cornerOf(graph.node(id))])));
}

/** Columns are told by their left edge. */
function folded(places: Places): Places {
  const all = Object.values(places);
  const edges = [...new Set(all.map(({ x }) => x))].sort((a, b) => a - b);
  const heights = all.map(({ y }) => y);
  const line = Math.max(...heights) - Math.min(...heights) + CARD.height + GAP.row + LINE_GAP_PX;
  const perLine = columnsPerLine(edges.length, { column: CARD.width + GAP.column, line });
  if (perLine >= edges.length) return places;
  const columns = new Map(edges.map((x, column) => [x, column]));
  const moved = ([id, { x, y }]: readonly [string, Position]) => {
    const down = Math.floor((columns.get(x) ?? 0) / perLine);
    return [id, { x: x - (edges[down * perLine] ?? 0), y: y + down * line }] as const;
  };
  return Object.fromEntries(Object.entries(places).map(moved));
}

/** dagre says where middles are. */
function cornerOf(node: unknown): Position {
  const { x, y } = node as Position; // set by `layout` for every node
  return { x: Math.round(x - CARD.width / 2), y: Math.round(y - CARD.height / 2) };
}
