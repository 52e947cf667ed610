/** New layers: with their starting parameters, in a free place, wired where they were dropped. */
import {
  addNode,
  insertAfter,
  insertBefore,
  insertOnEdge,
  moveNodes,
  type Position,
} from '../../src-core/graph/edit.ts';
import { newId } from '../../src-core/graph/ids.ts';
import type { GraphNode, JsonObject, ProjectDocument } from '../../src-core/graph/model.ts';
import { outputsOf, reachable } from '../../src-core/graph/order.ts';
import { layerOf } from '../../src-core/layers/registry.ts';
import type { Fields } from '../../src-core/lib/fields.ts';
import { COLUMN_PX, positionsOf, withPositions } from '../state/layout.ts';

/** Cards closer than this overlap. */
const CARD = { width: 176, height: 104 };

/** Where a layer goes: free on the canvas, onto a wire, before or after a node. */
export type Target =
  | { readonly kind: 'canvas'; readonly at: Position }
  | { readonly kind: 'edge'; readonly index: number; readonly at?: Position }
  | { readonly kind: 'before' | 'after'; readonly node: string };

/** What a new layer starts with: every key that a file must hold. */
function startParams(fields: Fields): JsonObject {
  const entries = Object.entries(fields).flatMap(([key, field]) => {
    const start = 'initial' in field ? field.initial : undefined;
    return start === undefined ? [] : [[key, start] as const];
  });
  return Object.fromEntries(entries);
}

/** The document with a layer of this type in it, and its id. */
export function placeLayer(
  before: ProjectDocument,
  type: string,
  target: Target,
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
    const middle = target.at ?? { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    return { document: makeRoom(insertOnEdge(document, target.index, node(middle)), id, from), id };
  }
  const beside = placeOf(target.node);
  if (target.kind === 'after') {
    return { document: makeRoom(insertAfter(document, target.node, node(beside)), id, beside), id };
  }
  const [source] = document.graph.edges.filter(({ to }) => to === target.node);
  const from = source === undefined ? { x: beside.x - COLUMN_PX, y: beside.y } : placeOf(source.from);
  return { document: makeRoom(insertBefore(document, target.node, node(beside)), id, from), id };
}

/** Puts a new node one column behind its source and, where it would lie on others, moves all that comes after it along. */
function makeRoom(document: ProjectDocument, id: string, source: Position): ProjectDocument {
  const places = positionsOf(document.graph);
  const at = { x: source.x + COLUMN_PX, y: places[id]?.y ?? source.y };
  const others = Object.entries(places).filter(([name]) => name !== id);
  const isFree = others.every(([, { x, y }]) => Math.abs(x - at.x) > CARD.width || Math.abs(y - at.y) > CARD.height);
  const after = reachable([id], outputsOf(document.graph));
  const shifted = isFree
    ? []
    : others.filter(([name]) => after.has(name)).map(([name, { x, y }]) => [name, { x: x + COLUMN_PX, y }] as const);
  return moveNodes(document, { ...Object.fromEntries(shifted), [id]: at });
}
