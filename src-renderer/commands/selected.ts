/** What commands mean by the selected layer, the selected wire, and the wires of what is selected. */
import type { GraphNode } from '../../src-core/graph/model.ts';
import type { AppState } from '../state/app.svelte.ts';

/** The one that is selected, when one is. */
export function selectedNode({ project, selection }: AppState): GraphNode | undefined {
  return selection.node === null ? undefined : project.nodesById.get(selection.node);
}

/** Index in graph.edges of the selected wire; −1 unless one wire is selected and nothing beside it. */
export function selectedEdge({ project, selection }: AppState): number {
  const [key] = selection.edges;
  return key === undefined || selection.edges.size > 1 || selection.nodes.size > 0 ? -1 : project.edgeKeys.indexOf(key);
}

/** Indices in graph.edges of every wire that begins or ends at a selected layer. */
export function wiresOfSelection({ project, selection }: AppState): readonly number[] {
  return project.document.graph.edges.flatMap(({ from, to }, index) =>
    selection.nodes.has(from) || selection.nodes.has(to) ? [index] : [],
  );
}
