/** Commands that change the document: each takes one and returns the next, sharing all that did not change. */
import { assert } from '../lib/assert.ts';
import { AppError } from '../lib/errors.ts';
import { isObject } from '../lib/fields-check.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import { ID_PATTERN } from './ids.ts';
import type { DataSpec, Graph, GraphEdge, GraphNode, ProjectDocument, TrainingSpec } from './model.ts';

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** Adds a node without wires. Throws AppError 'graph.bad_id', 'graph.id_taken'. */
export function addNode(document: ProjectDocument, node: GraphNode): ProjectDocument {
  assertFreeId(document.graph, node.id);
  return withGraph(document, { nodes: [...document.graph.nodes, node] });
}

/** Puts a node onto a wire: source → node → target, the target's slot kept. Throws as addNode. */
export function insertOnEdge(document: ProjectDocument, edge: number, node: GraphNode): ProjectDocument {
  const wire = document.graph.edges[edge];
  assert(wire !== undefined, `edge ${edge} exists`);
  const next = addNode(document, node);
  const edges = next.graph.edges.flatMap((other, i) =>
    i === edge ? [withoutSlot({ ...wire, to: node.id }), { ...wire, from: node.id }] : [other],
  );
  return withGraph(next, { edges });
}

/** Puts a node behind another: it takes over every wire that left `id`. Throws as addNode. */
export function insertAfter(document: ProjectDocument, id: string, node: GraphNode): ProjectDocument {
  const next = addNode(document, node);
  const edges = next.graph.edges.map((edge) => (edge.from === id ? { ...edge, from: node.id } : edge));
  return withGraph(next, { edges: [...edges, { from: id, to: node.id }] });
}

/** Puts a node in front of another: it takes over every wire that entered `id`. Throws as addNode. */
export function insertBefore(document: ProjectDocument, id: string, node: GraphNode): ProjectDocument {
  const next = addNode(document, node);
  const edges = next.graph.edges.map((edge) => (edge.to === id ? { ...edge, to: node.id } : edge));
  return withGraph(next, { edges: [...edges, { from: node.id, to: id }] });
}

/** Removes nodes and their wires; where a node had one wire in and one out, the two become one. */
export function removeNodes(document: ProjectDocument, ids: readonly string[]): ProjectDocument {
  const gone = new Set(ids);
  const edges = ids.reduce(healAround, document.graph.edges);
  return withGraph(document, { nodes: document.graph.nodes.filter(({ id }) => !gone.has(id)), edges });
}

/** Adds a wire; `slot` only where the target has several inputs and the place matters. */
export function connect(document: ProjectDocument, from: string, to: string, slot?: number): ProjectDocument {
  const edge: GraphEdge = slot === undefined ? { from, to } : { from, to, slot };
  return withGraph(document, { edges: [...document.graph.edges, edge] });
}

/** Removes wires by their index in graph.edges. */
export function disconnect(document: ProjectDocument, edges: readonly number[]): ProjectDocument {
  const gone = new Set(edges);
  return withGraph(document, { edges: document.graph.edges.filter((_, i) => !gone.has(i)) });
}

/** Sets one parameter of a node; undefined takes the key away, so that its default holds. */
export function setParam(document: ProjectDocument, id: string, key: string, value: Json | undefined): ProjectDocument {
  return updateNode(document, id, (node) => ({ ...node, params: patched(node.params, { [key]: value }) }));
}

/** Turns a node into one of another type in the same place, wires kept. */
export function replaceNode(document: ProjectDocument, id: string, type: string, params: JsonObject): ProjectDocument {
  return updateNode(document, id, (node) => ({ ...node, type, params }));
}

/** Gives a node another id, its wires following. Throws AppError 'graph.bad_id', 'graph.id_taken'. */
export function rename(document: ProjectDocument, id: string, newName: string): ProjectDocument {
  if (id === newName) return document;
  assertFreeId(document.graph, newName);
  const swap = (end: string): string => (end === id ? newName : end);
  const edges = document.graph.edges.map((edge) =>
    edge.from === id || edge.to === id ? { ...edge, from: swap(edge.from), to: swap(edge.to) } : edge,
  );
  return withGraph(
    updateNode(document, id, (node) => ({ ...node, id: newName })),
    { edges },
  );
}

/** Moves nodes to places on the canvas. */
export function moveNodes(document: ProjectDocument, positions: Readonly<Record<string, Position>>): ProjectDocument {
  const nodes = document.graph.nodes.map((node) => {
    const position = Object.hasOwn(positions, node.id) ? positions[node.id] : undefined;
    return position === undefined ? node : { ...node, position: { x: position.x, y: position.y } };
  });
  return withGraph(document, { nodes });
}

export function setName(document: ProjectDocument, name: string): ProjectDocument {
  return { ...document, name };
}

/** Sets keys of the training part; a key given as undefined is taken away, so that its default holds. */
export function setTraining(document: ProjectDocument, changes: JsonObject): ProjectDocument {
  const training = patched(document.training, changes);
  assert(isTraining(training), 'the training part keeps its loss and optimizer');
  return { ...document, training };
}

/** Replaces the data part. */
export function setData(document: ProjectDocument, data: DataSpec): ProjectDocument {
  return { ...document, data };
}

/** The document with some parts of its graph replaced. */
export function withGraph(
  document: ProjectDocument,
  changes: Partial<Pick<Graph, 'nodes' | 'edges'>>,
): ProjectDocument {
  return { ...document, graph: { ...document.graph, ...changes } };
}

function updateNode(document: ProjectDocument, id: string, change: (node: GraphNode) => GraphNode): ProjectDocument {
  assert(
    document.graph.nodes.some((node) => node.id === id),
    `node ${id} exists`,
  );
  return withGraph(document, { nodes: document.graph.nodes.map((node) => (node.id === id ? change(node) : node)) });
}

/** Keys keep their place; those set to undefined are left out. */
function patched(object: JsonObject, changes: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...object, ...changes }).filter(([, value]) => value !== undefined));
}

function isTraining(value: JsonObject): value is TrainingSpec {
  const { loss, optimizer } = value;
  return (typeof loss === 'string' || isObject(loss)) && isObject(optimizer);
}

function withoutSlot(edge: GraphEdge): GraphEdge {
  const rest = Object.entries(edge).filter(([key]) => key !== 'slot');
  return { ...Object.fromEntries(rest), from: edge.from, to: edge.to };
}

function healAround(edges: readonly GraphEdge[], id: string): readonly GraphEdge[] {
  const into = edges.filter((edge) => edge.to === id);
  const outOf = edges.filter((edge) => edge.from === id);
  const source = into[0];
  const rest = edges.filter((edge) => edge.to !== id && edge.from !== id);
  const target = outOf[0];
  if (source === undefined || target === undefined || into.length > 1 || outOf.length > 1) return rest;
  // A node wired to itself has nothing to be healed to.
  if (source.from === id) return rest;
  return edges.flatMap((edge) => {
    if (edge === target) return [{ ...target, from: source.from }];
    return edge === source ? [] : [edge];
  });
}

function assertFreeId(graph: Graph, id: string): void {
  if (!ID_PATTERN.test(id)) throw new AppError('graph.bad_id', { where: 'node', id });
  if (graph.nodes.some((node) => node.id === id)) throw new AppError('graph.id_taken', { id });
}
