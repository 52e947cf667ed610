/** Two graphs beside one another, node by node: for a run that is held against the canvas. Positions do not count. */
import { isObject } from '../lib/fields-check.ts';
import type { Graph, GraphNode, Json } from './model.ts';

/** One parameter that differs; undefined where a graph leaves it to its default. */
export interface ParamDifference {
  readonly name: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

export interface NodeDifference {
  /** `rewired`: only what feeds the node is another. */
  readonly kind: 'added' | 'changed' | 'rewired';
  readonly params: readonly ParamDifference[];
}

export interface GraphDifference {
  /** By the id of nodes that the graph after has. */
  readonly nodes: ReadonlyMap<string, NodeDifference>;
  /** Nodes that only the graph before has. */
  readonly removed: readonly GraphNode[];
}

/**
 * What tells `after` from `before`: nodes are the same when their ids are.
 * Cost: linear in nodes and edges.
 */
export function compareGraphs(before: Graph, after: Graph): GraphDifference {
  const known = new Map(before.nodes.map((node) => [node.id, node]));
  const [fedBefore, fedAfter] = [feedersOf(before), feedersOf(after)];
  const nodes = new Map<string, NodeDifference>();
  for (const node of after.nodes) {
    const old = known.get(node.id);
    known.delete(node.id);
    if (old === undefined) {
      nodes.set(node.id, { kind: 'added', params: [] });
      continue;
    }
    const params = paramsOf(old, node);
    if (params.length > 0) nodes.set(node.id, { kind: 'changed', params });
    else if (fedBefore.get(node.id) !== fedAfter.get(node.id)) nodes.set(node.id, { kind: 'rewired', params: [] });
  }
  return { nodes, removed: [...known.values()] };
}

/** True when nothing tells them apart. */
export function isSameGraph({ nodes, removed }: GraphDifference): boolean {
  return nodes.size === 0 && removed.length === 0;
}

/** The type counts as a parameter: a layer may have been exchanged under its name. */
function paramsOf(before: GraphNode, after: GraphNode): ParamDifference[] {
  const [old, now] = [
    { type: before.type, ...before.params },
    { type: after.type, ...after.params },
  ].map((params) => new Map(Object.entries(params)));
  const names = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...names]
    .map((name) => ({ name, before: old?.get(name), after: now?.get(name) }))
    .filter((one) => textOf(one.before) !== textOf(one.after));
}

/** The order of an object's keys tells nothing apart. */
function textOf(value: Json | undefined): string {
  return value === undefined
    ? ''
    : JSON.stringify(value, (_key, inner: Json) =>
        isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
      );
}

/** What feeds each node, as a text that is equal when the wires are. */
function feedersOf({ edges }: Graph): ReadonlyMap<string, string> {
  const feeders = new Map<string, string[]>();
  for (const { from, to, slot } of edges) {
    feeders.set(to, [...(feeders.get(to) ?? []), slot === undefined ? from : `${slot} ${from}`]);
  }
  return new Map([...feeders].map(([to, from]) => [to, from.join('\n')]));
}
