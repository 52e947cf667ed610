/** New layers: with their starting parameters, in a free place, wired where they were dropped. */
import {
  addNode,
  connect,
  insertAfter,
  insertBefore,
  insertOnEdge,
  moveNodes,
  type Position,
} from '../../src-core/graph/edit.ts';
import { newId } from '../../src-core/graph/ids.ts';
import type { Graph, GraphNode, ProjectDocument } from '../../src-core/graph/model.ts';
import { inputsOf, outputsOf, reachable } from '../../src-core/graph/order.ts';
import { layerOf } from '../../src-core/layers/registry.ts';
import { startParams } from '../../src-core/layers/start-params.ts';
import type { InsertPlace } from '../state/insert-place.ts';
import { CARD, overlaps } from '../state/free-offset.ts';
import { COLUMN_PX, LINE_GAP_PX, positionsOf, ROW_PX, withPositions } from '../state/layout.ts';

/** The document with a layer of this type in it, and its id. */
export function placeLayer(
  before: ProjectDocument,
  type: string,
  target: InsertPlace,
): { readonly document: ProjectDocument; readonly id: string } {
  const document = withPositions(before);
  const places = positionsOf(document.graph);
  const id = newId(document.graph, type);
  const node = (position: Position): GraphNode => ({
    id,
    type,
    params: startParams(layerOf(type).fields),
    position: { x: position.x, y: position.y },
  });
  const placeOf = (name: string): Position => places[name] ?? { x: 0, y: 0 };

  if (target.kind === 'canvas') return { document: addNode(document, node(target.at)), id };
  if (target.kind === 'edge') {
    const edge = document.graph.edges[target.index];
    const [from, to] = [placeOf(edge?.from ?? ''), placeOf(edge?.to ?? '')];
    const at = { x: from.x + COLUMN_PX, y: leadsBack(from, to) ? from.y : (from.y + to.y) / 2 };
    return { document: makeRoom(insertOnEdge(document, target.index, node(at)), id), id };
  }
  const beside = placeOf(target.node);
  if (target.kind === 'after') {
    const at = { x: beside.x + COLUMN_PX, y: beside.y };
    return { document: makeRoom(withEnd(insertAfter(document, target.node, node(at)), id), id), id };
  }
  const [source] = document.graph.edges.filter(({ to }) => to === target.node);
  const from = source === undefined ? { x: beside.x - COLUMN_PX, y: beside.y } : placeOf(source.from);
  const at = { x: from.x + COLUMN_PX, y: leadsBack(from, beside) ? from.y : beside.y };
  return { document: makeRoom(insertBefore(document, target.node, node(at)), id), id };
}

/** A wire from the end of one line of a folded network to the start of the next. */
function leadsBack(from: Position, to: Position): boolean {
  return to.x < from.x - CARD.width && to.y > from.y;
}

/** Where a new node would lie on others, what is after or beyond it in its line moves along by a column. */
function makeRoom(document: ProjectDocument, id: string): ProjectDocument {
  const places = positionsOf(document.graph);
  const at = places[id] ?? { x: 0, y: 0 };
  const others = Object.entries(places).filter(([name]) => name !== id);
  if (!others.some(([, place]) => overlaps(place, at))) return document;
  const { graph } = document;
  const after = reachable([id], outputsOf(graph));
  const before = reachable([id], inputsOf(graph));
  const line = lineOf(graph, places, at);
  const isInTheWay = ([name, place]: readonly [string, Position]): boolean =>
    (after.has(name) || !before.has(name)) && place.x > at.x - CARD.width && line(place);
  const shifted = others.filter(isInTheWay).map(([name, { x, y }]) => [name, { x: x + COLUMN_PX, y }] as const);
  return moveNodes(document, Object.fromEntries(shifted));
}

/** Tells what lies in the same line as `at`: of a network that is not folded, everything. */
function lineOf(graph: Graph, places: Readonly<Record<string, Position>>, at: Position): (place: Position) => boolean {
  const isFolded = graph.edges.some(({ from, to }) => {
    const [start, end] = [places[from], places[to]];
    return start !== undefined && end !== undefined && leadsBack(start, end);
  });
  if (!isFolded) return () => true;
  const heights = [...new Set(Object.values(places).map(({ y }) => y))].sort((a, b) => a - b);
  const starts = heights.filter((y, i) => y - (heights[i - 1] ?? -Infinity) > ROW_PX + LINE_GAP_PX / 2);
  const lineAt = (y: number): number => starts.findLastIndex((start) => start <= y);
  return ({ y }) => lineAt(y) === lineAt(at.y);
}

/** Where a chain is being built, its newest layer feeds the output as long as nothing else does. */
function withEnd(document: ProjectDocument, id: string): ProjectDocument {
  const { nodes, edges } = document.graph;
  const output = nodes.find(({ type }) => type === 'output');
  const isNeeded =
    output !== undefined && edges.every(({ to }) => to !== output.id) && edges.every(({ from }) => from !== id);
  return isNeeded ? connect(document, id, output.id) : document;
}
