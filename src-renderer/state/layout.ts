/** Places nodes that have no place: in columns by their distance from the input, long networks in several lines. */
import { moveNodes, type Position } from '../../src-core/graph/edit.ts';
import { columnsPerLine } from '../../src-core/graph/fold.ts';
import { findCycle, inputsOf, topologicalOrder } from '../../src-core/graph/order.ts';
import type { Graph, ProjectDocument } from '../../src-core/graph/model.ts';

export const COLUMN_PX = 220;
/** A card with two rows of pictures, and room for wires. */
export const ROW_PX = 172;
/** Room between the lines of a folded network, for the wires that lead back to the left. */
export const LINE_GAP_PX = 40;

/** A place for every node. Column = longest way from a node without inputs; with a cycle, as far as file order tells. Lines are read like text. */
export function layeredLayout(graph: Graph): Readonly<Record<string, Position>> {
  const inputs = inputsOf(graph);
  const order = findCycle(graph) === null ? topologicalOrder(graph) : graph.nodes.map(({ id }) => id);
  const columns = new Map<string, number>();
  for (const id of order) {
    const before = (inputs.get(id) ?? []).map((source) => columns.get(source) ?? -1);
    columns.set(id, Math.max(-1, ...before) + 1);
  }
  const rows = Map.groupBy(graph.nodes, ({ id }) => columns.get(id) ?? 0);
  const linePx = Math.max(1, ...[...rows.values()].map(({ length }) => length)) * ROW_PX + LINE_GAP_PX;
  const perLine = columnsPerLine(Math.max(0, ...rows.keys()) + 1, { column: COLUMN_PX, line: linePx });
  const placed = [...rows].flatMap(([column, nodes]) =>
    nodes.map(({ id }, row) => {
      const y = Math.floor(column / perLine) * linePx + (row - (nodes.length - 1) / 2) * ROW_PX;
      return [id, { x: (column % perLine) * COLUMN_PX, y }] as const;
    }),
  );
  return Object.fromEntries(placed);
}

/** Where every node is drawn: its own place; where none has one, the layout's; else below what feeds it. */
export function positionsOf(graph: Graph): Readonly<Record<string, Position>> {
  const missing = graph.nodes.filter(({ position }) => position === undefined);
  if (missing.length === graph.nodes.length) return layeredLayout(graph);
  const placed: Record<string, Position> = {};
  for (const { id, position } of graph.nodes) if (position !== undefined) placed[id] = position;
  const inputs = missing.length === 0 ? new Map<string, readonly string[]>() : inputsOf(graph);
  for (const { id } of missing) {
    const source = placed[inputs.get(id)?.[0] ?? ''] ?? { x: 0, y: 0 };
    placed[id] = { x: source.x + COLUMN_PX / 2, y: source.y + ROW_PX };
  }
  return placed;
}

/** The document with every place written down, so that what is added can be placed beside it. */
export function withPositions(document: ProjectDocument): ProjectDocument {
  const isComplete = document.graph.nodes.every(({ position }) => position !== undefined);
  return isComplete ? document : moveNodes(document, positionsOf(document.graph));
}
