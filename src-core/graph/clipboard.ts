/** Copying parts of a graph, within a document and between documents. */
import { withGraph, type Position } from './edit.ts';
import { freeId } from './ids.ts';
import type { GraphEdge, GraphNode, ProjectDocument } from './model.ts';

/** Nodes and the wires among them: what the clipboard holds. */
export interface Fragment {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** There is one of each in a document: a second one is not pasted. */
const SINGLE_TYPES: readonly string[] = ['input', 'output'];

/** True for the ends of the network. */
export function isSingle({ type }: Pick<GraphNode, 'type'>): boolean {
  return SINGLE_TYPES.includes(type);
}

/** The named nodes with the wires among them. */
export function copyNodes(document: ProjectDocument, ids: readonly string[]): Fragment {
  const chosen = new Set(ids);
  return {
    nodes: document.graph.nodes.filter(({ id }) => chosen.has(id)),
    edges: document.graph.edges.filter(({ from, to }) => chosen.has(from) && chosen.has(to)),
  };
}

/**
 * Adds a fragment under new ids, shifted by `offset`. A second input or output is left out, with its wires.
 * @returns the document and the ids of what was added, in order
 */
export function paste(
  document: ProjectDocument,
  fragment: Fragment,
  offset: Position,
): { readonly document: ProjectDocument; readonly ids: readonly string[] } {
  const present = new Set(document.graph.nodes.map(({ type }) => type));
  const taken = new Set(document.graph.nodes.map(({ id }) => id));
  const names = new Map<string, string>();
  const nodes: GraphNode[] = [];
  for (const node of fragment.nodes) {
    if (isSingle(node) && present.has(node.type)) continue;
    const id = taken.has(node.id) ? freeId(taken, node.id) : node.id;
    taken.add(id);
    present.add(node.type);
    names.set(node.id, id);
    nodes.push(shifted({ ...node, id }, offset));
  }
  const edges = fragment.edges.flatMap((edge) => {
    const from = names.get(edge.from);
    const to = names.get(edge.to);
    return from === undefined || to === undefined ? [] : [{ ...edge, from, to }];
  });
  const next = withGraph(document, {
    nodes: [...document.graph.nodes, ...nodes],
    edges: [...document.graph.edges, ...edges],
  });
  return { document: next, ids: nodes.map(({ id }) => id) };
}

function shifted(node: GraphNode, offset: Position): GraphNode {
  const { position } = node;
  return position === undefined ? node : { ...node, position: { x: position.x + offset.x, y: position.y + offset.y } };
}
