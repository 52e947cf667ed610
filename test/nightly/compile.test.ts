/** Compiling is linear in nodes up to 2,000: four times the nodes may not cost more than seven times the CPU (square: sixteen). */
import { expect, test } from 'vitest';
import type { Graph, TrainingSpec } from '../../src-core/graph/model.ts';
import { createNetwork } from '../../src-core/runtime/network.ts';

const training: TrainingSpec = { loss: 'mean_squared_error', optimizer: { type: 'adam' } };
const FEW = 500;
const MANY = 2000;
const MOST_RATIO = 7;
const TRIES = 5;

function chain(depth: number): Graph {
  const nodes = [
    { id: 'in', type: 'input', params: { shape: [16] } },
    ...Array.from({ length: depth }, (_, i) => ({ id: `n${i}`, type: 'dense', params: { units: 16 } })),
    { id: 'y', type: 'output', params: {} },
  ];
  return { nodes, edges: nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id ?? '', to: id })) };
}

/** Every block feeds the next and is added to it: many values live long. */
function residual(depth: number): Graph {
  const { nodes, edges } = chain(depth);
  const sums = Array.from({ length: depth / 2 }, (_, i) => ({ id: `s${i}`, type: 'add', params: {} }));
  const output = nodes.at(-1)?.id ?? '';
  const own = edges.filter(({ to }) => to !== output);
  const wires = sums.flatMap(({ id }, i) => [
    { from: i === 0 ? `n${depth - 1}` : `s${i - 1}`, to: id },
    { from: `n${i}`, to: id },
  ]);
  return { nodes: [...nodes, ...sums], edges: [...own, ...wires, { from: sums.at(-1)?.id ?? '', to: output }] };
}

function cpuMs(graph: Graph): number {
  const times = Array.from({ length: TRIES }, () => {
    const from = process.cpuUsage();
    createNetwork({ graph, training, backend: 'fast', batchSize: 8 }).dispose();
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

test.each([
  ['a chain', chain],
  ['sums of layers far apart', residual],
])('%s', (_, graphOf) => {
  cpuMs(graphOf(FEW)); // warms the compiler up
  expect(cpuMs(graphOf(MANY)) / cpuMs(graphOf(FEW))).toBeLessThan(MOST_RATIO);
});
