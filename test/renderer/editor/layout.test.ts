/** Places for nodes that have none. */
import { expect, test } from 'vitest';
import type { Graph } from '../../../src-core/graph/model.ts';
import { COLUMN_PX, ROW_PX, layeredLayout, positionsOf } from '../../../src-renderer/state/layout.ts';

const graphOf = (ids: string, wires: readonly string[]): Graph => ({
  nodes: [...ids].map((id) => ({ id, type: 'dense', params: {} })),
  edges: wires.map(([from = '', to = '']) => ({ from, to })),
});

test('a node stands one column behind the furthest node that feeds it', () => {
  const places = layeredLayout(graphOf('abcd', ['ab', 'bc', 'ad', 'cd']));
  expect(Object.values(places).map(({ x }) => x / COLUMN_PX)).toEqual([0, 1, 2, 3]);
});

test('nodes of one column stand apart, centred', () => {
  const places = layeredLayout(graphOf('abcd', ['ab', 'ac', 'ad']));
  const rows = ['b', 'c', 'd'].map((id) => places[id]?.y ?? NaN);
  expect(rows).toEqual([-(rows[2] ?? NaN), 0, rows[2]]);
  expect(rows[2]).toBeGreaterThan(0);
});

test('a long chain is folded into lines that are read from left to right', () => {
  const ids = Array.from({ length: 40 }, (_, i) => `n${i}`);
  const nodes = ids.map((id) => ({ id, type: 'dense', params: {} }));
  const edges = ids.slice(1).map((to, i) => ({ from: `n${i}`, to }));
  const places = ids.map((id) => layeredLayout({ nodes, edges })[id] ?? { x: NaN, y: NaN });
  const lines = Map.groupBy(places, ({ y }) => y);
  expect(lines.size).toBeGreaterThan(2);
  for (const line of lines.values()) expect(line.map(({ x }) => x / COLUMN_PX)).toEqual(line.map((_, i) => i));
  const width = Math.max(...places.map(({ x }) => x)) + COLUMN_PX;
  const height = Math.max(...places.map(({ y }) => y)) + ROW_PX;
  expect(width / height).toBeGreaterThan(1.2);
  expect(width / height).toBeLessThan(2.4);
});

test('a circle is laid out too', () => {
  expect(Object.keys(layeredLayout(graphOf('abc', ['ab', 'bc', 'ca'])))).toEqual(['a', 'b', 'c']);
});

test('places in the document are kept, a node without one goes below what feeds it', () => {
  const { nodes, edges } = graphOf('ab', ['ab']);
  const [a, b] = nodes;
  const graph = { nodes: [{ ...a, position: { x: 7, y: 9 } }, b], edges } as Graph;
  const places = positionsOf(graph);
  expect(places['a']).toEqual({ x: 7, y: 9 });
  expect(places['b']?.y).toBeGreaterThan(9 + 84);
});
