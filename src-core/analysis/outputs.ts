/** How many values a network answers with, for whoever loads its data. */
import type { ProjectDocument } from '../graph/model.ts';
import { sizeOf } from '../tensor/shape.ts';
import { analyze } from './analyze.ts';

/** Undefined where a problem of the document keeps it from being known. */
export function outputCountOf(document: ProjectDocument): number | undefined {
  const output = document.graph.nodes.find(({ type }) => type === 'output');
  const shape = output && analyze(document).nodes[output.id]?.outputShape;
  return shape && sizeOf(shape);
}
