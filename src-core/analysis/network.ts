/** The checked network as the later parts of analysis read it. */
import type { GraphNode, ProjectDocument } from '../graph/model.ts';
import { isObject, ownEntry } from '../lib/fields-check.ts';
import { findLayer } from '../layers/registry.ts';
import type { Shape } from '../tensor/shape.ts';
import type { NodeShapes } from './shapes.ts';
import type { Wiring } from './wiring.ts';

export interface Network {
  readonly document: ProjectDocument;
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly wiring: Wiring;
  readonly order: readonly string[];
  readonly shapes: ReadonlyMap<string, NodeShapes>;
  readonly parameterCount: number;
}

/** What makes the network's answer: the node that feeds `output`, its activation, and the node that sets its size. */
export interface Head {
  readonly node: GraphNode;
  /** 'linear' where the node has none. */
  readonly activation: string;
  /** Key that holds the activation. */
  readonly key: 'activation' | 'function';
  /** The nearest node upstream (or the head itself) that declares `units`. */
  readonly sized: GraphNode | undefined;
}

/** Layers that leave the size of what passes through them alone. */
const KEEPS_SIZE = ['activation', 'dropout', 'gaussian_noise', 'batch_norm', 'layer_norm', 'group_norm'];

/** The head, where output is fed by exactly one node. */
export function headOf({ nodes, wiring }: Network): Head | undefined {
  const output = [...nodes.values()].find(({ type }) => type === 'output');
  const node = output && sourceOf(output.id, { nodes, wiring });
  if (node === undefined) return undefined;
  const key = node.type === 'activation' ? 'function' : 'activation';
  return { node, activation: activationOf(node, key), key, sized: sizedBy(node, { nodes, wiring }) };
}

/** Shape of the output node's value, where it is known. */
export function outputShapeOf({ nodes, shapes }: Network): Shape | undefined {
  const output = [...nodes.values()].find(({ type }) => type === 'output');
  return output && shapes.get(output.id)?.summary?.output.shape;
}

type Wired = Pick<Network, 'nodes' | 'wiring'>;

/** The one node that feeds `id`. */
export function sourceOf(id: string, { nodes, wiring }: Wired): GraphNode | undefined {
  const sources = wiring.inputs.get(id) ?? [];
  return sources.length === 1 && sources[0] !== undefined ? nodes.get(sources[0]) : undefined;
}

function sizedBy(head: GraphNode, wired: Wired): GraphNode | undefined {
  let node: GraphNode | undefined = head;
  // A walk against the wires ends at the input, or after as many steps as there are nodes.
  for (let left = wired.nodes.size; node !== undefined && left > 0; left--) {
    if (ownEntry(findLayer(node.type)?.fields ?? {}, 'units') !== undefined) return node;
    node = KEEPS_SIZE.includes(node.type) ? sourceOf(node.id, wired) : undefined;
  }
  return undefined;
}

function activationOf({ params }: GraphNode, key: string): string {
  const value = ownEntry(params, key);
  const name = isObject(value) ? ownEntry(value, 'type') : value;
  return typeof name === 'string' ? name : 'linear';
}
