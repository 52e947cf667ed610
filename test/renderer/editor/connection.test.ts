/** Which wires may be drawn. */
import { expect, test } from 'vitest';
import type { Graph } from '../../../src-core/graph/model.ts';
import { whyNotConnect } from '../../../src-renderer/editor/connection.ts';

const node = (id: string, type: string): Graph['nodes'][number] => ({ id, type, params: {} });
const graph: Graph = {
  nodes: [node('in', 'input'), node('a', 'dense'), node('b', 'dense'), node('sum', 'add'), node('y', 'output')],
  edges: [
    { from: 'in', to: 'a' },
    { from: 'a', to: 'sum' },
  ],
};

test.each([
  ['in', 'b', null],
  ['a', 'sum', null],
  ['b', 'sum', null],
  ['in', 'a', 'a takes one input and has in already: delete that wire first.'],
  ['a', 'a', 'a cannot feed itself.'],
  ['y', 'b', 'y is the output: nothing comes after it.'],
  ['a', 'in', 'in is the input: nothing comes before it.'],
  ['a', 'nowhere', 'A wire joins two layers.'],
])('a wire from %s to %s: %s', (from, to, expected) => {
  expect(whyNotConnect(graph, from, to)).toBe(expected);
});

test('a wire that would close a circle is refused with the reason', () => {
  const chain: Graph = { nodes: graph.nodes, edges: [{ from: 'b', to: 'sum' }] };
  expect(whyNotConnect(chain, 'sum', 'b')).toBe('b already feeds sum: that would be a circle.');
});
