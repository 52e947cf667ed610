/** Which wires may be drawn, and why not. */
import type { useConnection } from '@xyflow/svelte';
import { analyze } from '../../src-core/analysis/analyze.ts';
import { connect } from '../../src-core/graph/edit.ts';
import { outputsOf, reachable } from '../../src-core/graph/order.ts';
import type { Graph, ProjectDocument } from '../../src-core/graph/model.ts';
import { findLayer } from '../../src-core/layers/registry.ts';

/** Why there can be no wire from one node to another, in a sentence; null when there can. */
export function whyNotConnect(graph: Graph, from: string, to: string): string | null {
  const source = graph.nodes.find(({ id }) => id === from);
  const target = graph.nodes.find(({ id }) => id === to);
  if (source === undefined || target === undefined) return 'A wire joins two layers.';
  if (from === to) return `${from} cannot feed itself.`;
  if (source.type === 'output') return `${from} is the output: nothing comes after it.`;
  const inputs = findLayer(target.type)?.inputs;
  if (inputs === 'none') return `${to} is the input: nothing comes before it.`;
  const fed = graph.edges.find((edge) => edge.to === to);
  if (inputs === 'one' && fed !== undefined) {
    return `${to} takes one input and has ${fed.from} already: delete that wire first.`;
  }
  if (reachable([to], outputsOf(graph)).has(from)) return `${to} already feeds ${from}: that would be a circle.`;
  return null;
}

/** What a layer would have against the shape that comes along a wire which may be drawn; null when it takes it. */
export function whyMisfit(document: ProjectDocument, from: string, to: string): string | null {
  const { problems } = analyze(connect(document, from, to));
  return problems.find(({ node, code }) => node === to && code.startsWith('shape.'))?.message ?? null;
}

type ConnectionState = ReturnType<typeof useConnection>['current'];

/** Where a wire is being pulled from, by mouse ('h1:source', 'h2:target') or by keyboard; null while none is. */
export function pulledFrom(connection: ConnectionState, byKeyboard: string | null): string | null {
  if (byKeyboard !== null) return `${byKeyboard}:source`;
  return connection.inProgress ? `${connection.fromNode.id}:${connection.fromHandle.type}` : null;
}
