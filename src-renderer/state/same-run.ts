/** Whether a run still speaks for the document on the canvas. */
import type { ProjectDocument } from '../../src-core/graph/model.ts';

/** Everything that training depends on, as text; places on the canvas and names of things do not count. */
export function trainingKey(document: ProjectDocument): string {
  const nodes = document.graph.nodes.map(({ id, type, params }) => ({ id, type, params }));
  return JSON.stringify([nodes, document.graph.edges, document.data, document.training]);
}
