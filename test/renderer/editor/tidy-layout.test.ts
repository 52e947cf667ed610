/** The layout that Arrange asks for: columns from left to right, nothing on top of another, few crossings. */
import { expect, test } from 'vitest';
import { tidyLayout } from '../../../src-renderer/state/tidy-layout.ts';
import type { Position } from '../../../src-core/graph/edit.ts';

const edgesOf = (wires: readonly string[]) => wires.map(([from = '', to = '']) => ({ from, to }));
const CARD = { width: 160, height: 104 };

function overlaps(places: Readonly<Record<string, Position>>): number {
  const all = Object.values(places);
  return all.filter((a, i) =>
    all.some((b, j) => j > i && Math.abs(a.x - b.x) < CARD.width && Math.abs(a.y - b.y) < CARD.height),
  ).length;
}

test('what feeds stands left of what it feeds, and branches do not cross', () => {
  // a feeds b and c; b goes on to d, c to e; both end in f. In the order of the file their wires would cross.
  const places = tidyLayout({ nodes: [...'acbdef'], edges: edgesOf(['ab', 'ac', 'bd', 'ce', 'df', 'ef']) });
  const at = (id: string) => places[id] ?? { x: NaN, y: NaN };
  expect([at('a').x < at('b').x, at('b').x < at('d').x, at('d').x < at('f').x]).toEqual([true, true, true]);
  expect(at('b').y < at('c').y).toBe(at('d').y < at('e').y);
  expect(overlaps(places)).toBe(0);
});

test('300 layers in twelve branches lie apart', () => {
  const nodes = Array.from({ length: 300 }, (_, i) => `n${i}`);
  const edges = nodes.slice(12).map((to, i) => ({ from: `n${i}`, to }));
  const places = tidyLayout({ nodes, edges });
  expect([Object.keys(places).length, overlaps(places)]).toEqual([300, 0]);
});

test('a long chain is broken into lines, each from the left edge', () => {
  const nodes = Array.from({ length: 8 }, (_, i) => `n${i}`);
  const edges = nodes.slice(1).map((to, i) => ({ from: `n${i}`, to }));
  const places = Object.values(tidyLayout({ nodes, edges }));
  const lines = Map.groupBy(places, ({ y }) => y);
  expect([...lines.values()].map((line) => line.map(({ x }) => x))).toEqual([
    [0, 240, 480],
    [0, 240, 480],
    [0, 240],
  ]);
  expect(overlaps(tidyLayout({ nodes, edges }))).toBe(0);
});

test('circles, lone layers and wires that lead elsewhere are no obstacle', () => {
  const places = tidyLayout({ nodes: [...'abcd'], edges: edgesOf(['ab', 'ba', 'ax', 'cc']) });
  expect(Object.keys(places)).toEqual([...'abcd']);
  expect(overlaps(places)).toBe(0);
});
