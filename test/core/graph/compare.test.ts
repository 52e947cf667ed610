/** Two graphs held against one another. */
import { expect, test } from 'vitest';
import { compareGraphs, isSameGraph } from '../../../src-core/graph/compare.ts';
import type { Graph } from '../../../src-core/graph/model.ts';

const node = (id: string, type = 'dense', params = {}) => ({ id, type, params });
const chain = (...nodes: ReturnType<typeof node>[]): Graph => ({
  nodes,
  edges: nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id ?? '', to: id })),
});

test('a layer that is new, one that changed, one that is gone, and what they fed', () => {
  const before = chain(node('in', 'input'), node('h1', 'dense', { units: 8 }), node('h2'), node('y', 'output'));
  const after = chain(node('in', 'input'), node('h1', 'dense', { units: 16 }), node('h3'), node('y', 'output'));
  const { nodes, removed } = compareGraphs(before, after);
  expect([...nodes]).toEqual([
    ['h1', { kind: 'changed', params: [{ name: 'units', before: 8, after: 16 }] }],
    ['h3', { kind: 'added', params: [] }],
    ['y', { kind: 'rewired', params: [] }],
  ]);
  expect(removed.map(({ id }) => id)).toEqual(['h2']);
});

test('a layer that was exchanged under its name has changed', () => {
  const { nodes } = compareGraphs(chain(node('a', 'dense', { units: 2 })), chain(node('a', 'flatten')));
  expect(nodes.get('a')?.params.map(({ name }) => name)).toEqual(['type', 'units']);
});

test('positions and the order of keys do not count', () => {
  const before = chain(node('a', 'dense', { units: 2, activation: 'tanh' }));
  const after: Graph = {
    nodes: [{ id: 'a', type: 'dense', params: { activation: 'tanh', units: 2 }, position: { x: 5, y: 5 } }],
    edges: [],
  };
  expect(isSameGraph(compareGraphs(before, after))).toBe(true);
});
