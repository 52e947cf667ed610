/** Graphs to draw: what flows on every edge, gates drawn as one, sweeps in steps, and what they cost. */
import { expect, test } from 'vitest';
import { costsOf } from '../../../src-core/autodiff/costs.ts';
import { foldGates } from '../../../src-core/autodiff/fold-gates.ts';
import { parseExpression } from '../../../src-core/autodiff/parse.ts';
import { nodeOfSource, scalarGraph, type ScalarGraph } from '../../../src-core/autodiff/scalar-graph.ts';
import { derivativeSteps, seenAfter, valueSteps } from '../../../src-core/autodiff/sweep.ts';

type Point = Readonly<Record<string, number>>;
const graphOf = (text: string, at: Point): ScalarGraph => scalarGraph(parseExpression(text), at);
const idOf = (graph: ScalarGraph, part: string): string => nodeOfSource(graph, parseExpression(part))?.id ?? 'none';
const flows = ({ edges }: ScalarGraph) =>
  edges.map(({ from, to, value, local, gradient }) => [from, to, value, local, gradient]);

const NEURON = '1/(1+exp(-(w0*x0+w1*x1+w2)))';
const neuron = graphOf(NEURON, { w0: 2, x0: -1, w1: -3, x1: -2, w2: -3 });
const SUM = idOf(neuron, 'w0*x0+w1*x1+w2');

test('a variable used twice has an edge for each use, and their sum: w³v + 3w at 2, 3', () => {
  const graph = graphOf('w^3*v + 3*w', { w: 2, v: 3 });
  expect(flows(graph)).toEqual([
    ['w', 'n2', 2, 12, 36],
    ['n2', 'n3', 8, 3, 24 / 8],
    ['v', 'n3', 3, 8, 8],
    ['w', 'n5', 2, 3, 3],
    ['n3', 'n6', 24, 1, 1],
    ['n5', 'n6', 6, 1, 1],
  ]);
  expect(graph.nodes.find(({ id }) => id === 'w')?.gradient).toBe(39);
});

test('the same variable twice in one gate makes two edges', () => {
  expect(flows(graphOf('x*x', { x: 3 }))).toEqual([
    ['x', 'n1', 3, 3, 3],
    ['x', 'n1', 3, 3, 3],
  ]);
});

test('numbers are part of the gate they go into', () => {
  const { nodes } = graphOf('2/(x+3)^(1+1)', { x: 1 });
  expect(nodes.map(({ op, constants }) => [op, constants])).toEqual([
    ['variable', []],
    ['add', [null, 3]],
    ['power', [null, 2]],
    ['divide', [2, null]],
  ]);
});

test('a formula without variables is one node', () => {
  expect(graphOf('1+1', {})).toMatchObject({
    nodes: [{ op: 'constant', value: 2, gradient: 1 }],
    edges: [],
    result: 'n3',
  });
});

test('a variable alone is its own result', () => {
  expect(graphOf('x', { x: 4 })).toMatchObject({ nodes: [{ id: 'x', value: 4, gradient: 1 }], edges: [], result: 'x' });
});

test('four gates of a neuron drawn as one have the slope of a sigmoid', () => {
  const folded = foldGates(neuron, { op: 'sigmoid', input: SUM, output: neuron.result });
  const [edge] = folded.edges.filter(({ to }) => to === neuron.result);
  expect(neuron.nodes.length - folded.nodes.length).toBe(3);
  expect(edge).toMatchObject({ from: SUM, value: 1 });
  expect(edge?.local).toBeCloseTo(0.196612, 6);
  expect(edge?.gradient).toBeCloseTo(0.196612, 6);
});

test('what is drawn as one may branch inside: x² + x³ from x', () => {
  const graph = graphOf('(y+1)^2 + (y+1)', { y: 2 });
  const folded = foldGates(graph, { op: 'square', input: 'y', output: graph.result });
  expect(flows(folded)).toEqual([['y', graph.result, 2, 7, 7]]);
});

test('one step for each gate forward, one for the seed and each gate back', () => {
  const graph = graphOf('(x+y)*z', { x: -2, y: 5, z: -4 });
  expect(valueSteps(graph).map(({ node }) => node)).toEqual(['n1', 'n2']);
  expect(derivativeSteps(graph, 'reverse')).toEqual([
    { kind: 'seed', node: 'n2' },
    {
      kind: 'back',
      node: 'n2',
      terms: [
        { edge: 'n1>n2:0', incoming: 1, local: -4, outgoing: -4 },
        { edge: 'z>n2:1', incoming: 1, local: 3, outgoing: 3 },
      ],
    },
    {
      kind: 'back',
      node: 'n1',
      terms: [
        { edge: 'x>n1:0', incoming: -4, local: 1, outgoing: -4 },
        { edge: 'y>n1:1', incoming: -4, local: 1, outgoing: -4 },
      ],
    },
  ]);
});

test('forward there is a pass for each variable, and each ends in its derivative', () => {
  const graph = graphOf('(x+y)*z', { x: -2, y: 5, z: -4 });
  const steps = derivativeSteps(graph, 'forward');
  const ends = ['x', 'y', 'z'].map((by) => {
    const last = steps.findLastIndex((step) => 'by' in step && step.by === by);
    const { derivatives, by: seen } = seenAfter(graph, steps.slice(0, last + 1));
    return [seen, derivatives.get(graph.result), derivatives.size];
  });
  expect([steps.length, ends]).toEqual([
    9,
    [
      ['x', -4, 3],
      ['y', -4, 3],
      ['z', 3, 3],
    ],
  ]);
});

test('gradients of a variable add up as they arrive', () => {
  const graph = graphOf('w^3*v + 3*w', { w: 2, v: 3 });
  const steps = derivativeSteps(graph, 'reverse');
  const seen = steps.map((_, count) => seenAfter(graph, steps.slice(0, count + 1)).derivatives.get('w'));
  expect(seen).toEqual([undefined, undefined, 3, 3, 39]);
});

test('before the first step only variables have a value', () => {
  const graph = graphOf('x*y+1', { x: 1, y: 2 });
  expect([...seenAfter(graph, []).values]).toEqual(['x', 'y']);
});

test('costs: gates once, edges once, sums where wires meet', () => {
  expect(costsOf(graphOf('w^3*v + 3*w', { w: 2, v: 3 }))).toEqual({
    forwardGates: 4,
    backwardProducts: 6,
    backwardSums: 1,
    differenceSweeps: 4,
  });
});
