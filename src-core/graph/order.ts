/** Order and wiring of the graph: what feeds what, slot by slot, and in which order nodes can be computed. */
import { AppError } from '../lib/errors.ts';
import type { Graph } from './model.ts';

/**
 * Sources of every node, slot by slot. Edges that carry a slot take it; the others fill the free slots in file order.
 * Edges that name an unknown node are left out, and a wrong wiring (two edges in a slot, gaps) is closed up in slot
 * order: analysis reports both. Cost: linear in nodes and edges.
 */
export function inputsOf(graph: Graph): Map<string, readonly string[]> {
  const edges = new Map<string, { readonly from: string; readonly slot: number | undefined }[]>();
  for (const { id } of graph.nodes) edges.set(id, []);
  for (const { from, to, slot } of graph.edges) {
    if (edges.has(from)) edges.get(to)?.push({ from, slot });
  }
  return new Map([...edges].map(([id, incoming]) => [id, inSlotOrder(incoming)]));
}

function inSlotOrder(incoming: readonly { from: string; slot: number | undefined }[]): readonly string[] {
  const taken = new Set(incoming.map(({ slot }) => slot));
  let next = 0;
  const placed = incoming.map(({ from, slot }) => {
    if (slot !== undefined) return { from, slot };
    while (taken.has(next)) next++;
    return { from, slot: next++ };
  });
  return placed.sort((a, b) => a.slot - b.slot).map(({ from }) => from);
}

/** Nodes fed by each node, in file order of the edges; a target is named once per edge. */
export function outputsOf(graph: Graph): Map<string, readonly string[]> {
  const outputs = new Map<string, string[]>(graph.nodes.map(({ id }) => [id, []]));
  for (const { from, to } of graph.edges) {
    if (outputs.has(to)) outputs.get(from)?.push(to);
  }
  return outputs;
}

/**
 * Node ids so that every node comes after what feeds it; among equals the file's order (Kahn 1962).
 * Throws AppError 'graph.cycle'. Cost: linear in nodes and edges.
 */
export function topologicalOrder(graph: Graph): readonly string[] {
  const { order, waiting } = sortNodes(graph);
  if (waiting.size > 0) throw new AppError('graph.cycle', { nodes: cycleAmong(graph, waiting) });
  return order;
}

/** One cycle as a list of ids whose first is repeated at the end; null when there is none. */
export function findCycle(graph: Graph): readonly string[] | null {
  const { waiting } = sortNodes(graph);
  return waiting.size === 0 ? null : cycleAmong(graph, waiting);
}

/** Every id that can be reached from `start` along `next`, `start` included. */
export function reachable(start: Iterable<string>, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set(start);
  // A Set visits what is added during the walk.
  for (const id of found) for (const target of next.get(id) ?? []) found.add(target);
  return found;
}

function sortNodes(graph: Graph): { order: readonly string[]; waiting: ReadonlySet<string> } {
  const outputs = outputsOf(graph);
  const missing = new Map<string, number>(graph.nodes.map(({ id }) => [id, 0]));
  for (const targets of outputs.values()) for (const id of targets) missing.set(id, (missing.get(id) ?? 0) + 1);
  const order = [...missing].filter(([, count]) => count === 0).map(([id]) => id);
  for (const id of order) {
    for (const target of outputs.get(id) ?? []) {
      const left = (missing.get(target) ?? 0) - 1;
      missing.set(target, left);
      if (left === 0) order.push(target);
    }
  }
  return { order, waiting: new Set([...missing].filter(([, count]) => count > 0).map(([id]) => id)) };
}

/** Walks upstream inside `waiting` (every such node has a source in it) until a node comes up twice. */
function cycleAmong(graph: Graph, waiting: ReadonlySet<string>): readonly string[] {
  const sourceOf = new Map<string, string>();
  for (const { from, to } of graph.edges) if (waiting.has(from) && !sourceOf.has(to)) sourceOf.set(to, from);
  const path: string[] = [];
  const position = new Map<string, number>();
  let id = [...waiting][0] ?? '';
  while (!position.has(id)) {
    position.set(id, path.length);
    path.push(id);
    id = sourceOf.get(id) ?? '';
  }
  return [id, ...path.slice(position.get(id)).reverse()];
}
