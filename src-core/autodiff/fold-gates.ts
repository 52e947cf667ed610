/** Several gates of a graph drawn as one: what lies between an input and an output, with the chain rule applied inside. */
import { assert } from '../lib/assert.ts';
import { edge, nodeById, type ScalarEdge, type ScalarGraph } from './scalar-graph.ts';
import { chain } from './tape.ts';

export interface Fold {
  /** The operation that the gates are together: 'sigmoid'. */
  readonly op: string;
  /** Id of the only node that leads in. */
  readonly input: string;
  /** Id of the only node that leads out. */
  readonly output: string;
}

/** The graph with one gate in place of those between `input` and `output`; its local derivative is theirs along all ways. */
export function foldGates(graph: ScalarGraph, { op, input, output }: Fold): ScalarGraph {
  const inside = between(graph, input, output);
  assert(inside.has(output), `${input} leads to ${output}`);
  const { value } = nodeById(graph, input);
  const { gradient } = nodeById(graph, output);
  const one = edge(
    { from: input, to: output, slot: 0, value, local: slopeThrough(graph, inside, { input, output }) },
    gradient,
  );
  const isOuter = ({ to }: ScalarEdge): boolean => !inside.has(to);
  return {
    ...graph,
    nodes: graph.nodes
      .filter(({ id }) => !inside.has(id) || id === output)
      .map((node) => (node.id === output ? { ...node, op, constants: [null] } : node)),
    edges: [...graph.edges.filter(isOuter), one],
  };
}

/** Ids on the ways from `input` to `output`, the former left out. */
function between({ nodes, edges }: ScalarGraph, input: string, output: string): ReadonlySet<string> {
  const found = new Set([output]);
  for (const { id } of [...nodes].reverse()) {
    if (!found.has(id)) continue;
    for (const { from, to } of edges) if (to === id && from !== input) found.add(from);
  }
  return found;
}

/** ∂output/∂input: one sweep forward inside. */
function slopeThrough(
  { nodes, edges }: ScalarGraph,
  inside: ReadonlySet<string>,
  { input, output }: Pick<Fold, 'input' | 'output'>,
): number {
  const tangents = new Map([[input, 1]]);
  for (const { id } of nodes.filter((node) => inside.has(node.id))) {
    const terms = edges.filter(({ to }) => to === id).map(({ from, local }) => chain(tangents.get(from) ?? 0, local));
    tangents.set(
      id,
      terms.reduce((sum, term) => sum + term, 0),
    );
  }
  return tangents.get(output) ?? 0;
}
