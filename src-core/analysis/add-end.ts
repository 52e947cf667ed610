/** The mend of a network without an input or an output: the missing end, wired where it is plain what it belongs to. */
import { addNode, connect, type Position } from '../graph/edit.ts';
import { newId } from '../graph/ids.ts';
import type { Graph, ProjectDocument } from '../graph/model.ts';
import { layerOf } from '../layers/registry.ts';
import { startParams } from '../layers/start-params.ts';
import type { Fix } from './define.ts';

export type End = 'input' | 'output';

/** Pixels from one column of cards to the next, as the canvas has them. */
const COLUMN = 220;

/** Adds it beside what is there. The one layer that lacks a wire in, or leads nowhere, gets it; of several none. */
export function addEndFix(type: End): Fix {
  return { label: `Add an ${type} layer`, apply: (document) => withEnd(document, type) };
}

function withEnd(document: ProjectDocument, type: End): ProjectDocument {
  const { graph } = document;
  const id = newId(graph, type);
  const position = besides(graph, type);
  const node = { id, type, params: startParams(layerOf(type).fields), ...(position && { position: { ...position } }) };
  const [waiting, ...others] = looseEnds(graph, type);
  const added = addNode(document, node);
  if (waiting === undefined || others.length > 0) return added;
  return type === 'input' ? connect(added, id, waiting) : connect(added, waiting, id);
}

function looseEnds({ nodes, edges }: Graph, type: End): readonly string[] {
  const taken = new Set(edges.map(({ from, to }) => (type === 'input' ? to : from)));
  const other = type === 'input' ? 'output' : 'input';
  return nodes.filter((node) => node.type !== other && !taken.has(node.id)).map(({ id }) => id);
}

/** Left of the leftmost for an input, right of the rightmost for an output; undefined where nodes have no places. */
function besides({ nodes }: Graph, type: End): Position | undefined {
  const places = nodes.flatMap(({ position }) => position ?? []).sort((a, b) => a.x - b.x);
  const [left, right] = [places[0], places.at(-1)];
  if (type === 'input') return left && { x: left.x - COLUMN, y: left.y };
  return right && { x: right.x + COLUMN, y: right.y };
}
