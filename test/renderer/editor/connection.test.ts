/** Which wires may be drawn. */
import { expect, test } from 'vitest';
import type { Graph } from '../../../src-core/graph/model.ts';
import { addNode } from '../../../src-core/graph/edit.ts';
import { cnnDigits } from '../../../src-core/templates/cnn-digits.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { whyMisfit, whyNotConnect } from '../../../src-renderer/editor/connection.ts';

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

test('a wire that may be drawn says what the layer will have against the shape', () => {
  const pool = { id: 'pool', type: 'max_pool2d', params: {} };
  const [lists, pictures] = [addNode(twoSpirals.document, pool), addNode(cnnDigits.document, pool)];
  expect(whyMisfit(lists, 'h1', 'pool')).toMatch(/^pool: .*expected .*, got/);
  expect(whyMisfit(pictures, 'in', 'pool')).toBeNull();
});
