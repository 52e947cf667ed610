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
import type { GraphNode, ProjectDocument } from '../../src-core/graph/model.ts';
import { inputsOf, outputsOf, reachable } from '../../src-core/graph/order.ts';
import { layerOf } from '../../src-core/layers/registry.ts';
import { startParams } from '../state/change-type.ts';
import type { InsertPlace } from '../state/insert-place.ts';
import { COLUMN_PX, positionsOf, withPositions } from '../state/layout.ts';

/** Cards closer than this overlap. */
const CARD = { width: 176, height: 104 };

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
    const from = placeOf(edge?.from ?? '');
    const to = placeOf(edge?.to ?? '');
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    return { document: makeRoom(insertOnEdge(document, target.index, node(middle)), id, from), id };
  }
  const beside = placeOf(target.node);
  if (target.kind === 'after') {
    const chained = withEnd(insertAfter(document, target.node, node(beside)), id);
    return { document: makeRoom(chained, id, beside), id };
  }
  const [source] = document.graph.edges.filter(({ to }) => to === target.node);
  const from = source === undefined ? { x: beside.x - COLUMN_PX, y: beside.y } : placeOf(source.from);
  return { document: makeRoom(insertBefore(document, target.node, node(beside)), id, from), id };
}

/** Puts a new node one column behind its source and, where it would lie on others, moves what is after or beyond it along. */
function makeRoom(document: ProjectDocument, id: string, source: Position): ProjectDocument {
  const places = positionsOf(document.graph);
  const at = { x: source.x + COLUMN_PX, y: places[id]?.y ?? source.y };
  const others = Object.entries(places).filter(([name]) => name !== id);
  const isFree = others.every(([, { x, y }]) => Math.abs(x - at.x) > CARD.width || Math.abs(y - at.y) > CARD.height);
  const { graph } = document;
  const after = reachable([id], outputsOf(graph));
  const before = reachable([id], inputsOf(graph));
  // What comes after it further left stands in a line of its own.
  const isInTheWay = ([name, { x }]: readonly [string, Position]): boolean =>
    (after.has(name) || !before.has(name)) && x > at.x - CARD.width;
  const shifted = isFree
    ? []
    : others.filter(isInTheWay).map(([name, { x, y }]) => [name, { x: x + COLUMN_PX, y }] as const);
  return moveNodes(document, { ...Object.fromEntries(shifted), [id]: at });
}

/** Where a chain is being built, its newest layer feeds the output as long as nothing else does. */
function withEnd(document: ProjectDocument, id: string): ProjectDocument {
  const { nodes, edges } = document.graph;
  const output = nodes.find(({ type }) => type === 'output');
  const isNeeded =
    output !== undefined && edges.every(({ to }) => to !== output.id) && edges.every(({ from }) => from !== id);
  return isNeeded ? connect(document, id, output.id) : document;
}
