/** Where gates stand: apart from each other, in reading order, and in the direction that fits the room. */
import { expect, test } from 'vitest';
import { parseExpression } from '../../../src-core/autodiff/parse.ts';
import { scalarGraph } from '../../../src-core/autodiff/scalar-graph.ts';
import { crossings, layoutFor, layoutOf, RESULT } from '../../../src-renderer/lessons/graph-layout.ts';
import type { Box } from '../../../src-renderer/lessons/wire-paths.ts';

const graphOf = (text: string, names: string) =>
  scalarGraph(parseExpression(text), Object.fromEntries(names.split(' ').map((name) => [name, 1])));
const neuron = graphOf('1/(1+exp(-(w0*x0+w1*x1+w2)))', 'w0 x0 w1 x1 w2');

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test.each(['LR', 'TB'] as const)('no two cards overlap (%s)', (direction) => {
  const boxes = Object.values(layoutOf(neuron, direction).nodes);
  const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => overlap(a, b)));
  expect([boxes.length, pairs]).toEqual([neuron.nodes.length + 1, []]);
});

test('every edge has a way, and one leads to the result', () => {
  const { edges } = layoutOf(neuron, 'LR');
  expect(Object.keys(edges).sort()).toEqual([...neuron.edges.map(({ id }) => id), `${neuron.result}>${RESULT}`].sort());
});

test('inputs of one gate stand in the order of the formula', () => {
  const { nodes } = layoutOf(neuron, 'TB');
  const first = ['w0', 'x0', 'w1', 'x1'];
  expect(first.toSorted((a, b) => (nodes[a]?.x ?? 0) - (nodes[b]?.x ?? 0))).toEqual(first);
});

test('nor does a drawing stand on its head whose wires have to be untangled', () => {
  const { nodes } = layoutOf(graphOf('(a*x+b*y)^2+(c*x+d*y)^2', 'a b c d x y'), 'LR');
  expect((nodes['a']?.y ?? 0) < (nodes['d']?.y ?? 0)).toBe(true);
});

test('wires that need not cross do not', () => {
  expect(crossings(layoutOf(graphOf('w1^3*w2+3*w1', 'w1 w2'), 'LR'))).toBe(0);
});

test('a wide room is filled from left to right, a high one from top to bottom', () => {
  const [wide, high] = [
    layoutFor(neuron, { width: 2000, height: 500 }),
    layoutFor(neuron, { width: 500, height: 900 }),
  ];
  expect([wide.width > wide.height, high.height > high.width]).toEqual([true, true]);
});
