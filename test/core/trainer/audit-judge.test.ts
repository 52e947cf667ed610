/** What the audit pardons float32: next to nothing in ordinary networks, what rounding makes of saturated ones. */
import { describe, expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { createNetwork } from '../../../src-core/runtime/network.ts';
import { auditGradients, FAST_TOLERANCE } from '../../../src-core/trainer/audit.ts';
import { float32Blur, relativeTo } from '../../../src-core/trainer/audit-judge.ts';

type Hidden = readonly [activation: string, stddev: number];

/** Hidden layers of three units before a sigmoid, on eight points of that size. */
function documentOf(hidden: readonly Hidden[], size: number, loss: string): ProjectDocument {
  const layers = hidden.map(([activation, stddev], i) => ({
    id: `h${i}`,
    type: 'dense',
    params: { units: 3, activation, weight_init: { type: 'normal', stddev } },
  }));
  const nodes = [
    { id: 'in', type: 'input', params: { shape: [2] } },
    ...layers,
    { id: 'out', type: 'dense', params: { units: 1, activation: 'sigmoid' } },
    { id: 'y', type: 'output', params: {} },
  ];
  const inputs = Array.from({ length: 8 }, (_, i) => [Math.sin(3 * i + 1) * size, Math.cos(5 * i) * size]);
  return {
    format: 'netloom-project',
    version: 1,
    name: 'judge',
    graph: { nodes, edges: nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id ?? '', to: id })) },
    data: { kind: 'inline', task: 'binary', inputs, targets: inputs.map((_, i) => i % 2) },
    training: { loss, optimizer: { type: 'sgd' } },
  };
}
const noFile = (): Promise<never> => Promise.reject(new Error('no file'));

test('in an ordinary network a gradient that is off by a hundredth is found', async () => {
  const document = documentOf([['tanh', 0.5]], 1, 'binary_cross_entropy');
  const { training } = await loadData(document.data, noFile);
  const network = createNetwork({ ...document, backend: 'reference', batchSize: training.count });
  network.initialize(1);
  const { tensors } = network.gradients(training);
  const blur = float32Blur(network, training, tensors, 1);
  const relative = relativeTo(0);
  const errors = [...tensors].flatMap(([key, values]) =>
    Array.from(values, (g, i) => relative(g, g * 1.01, blur.get(key)?.[i])),
  );
  network.dispose();
  expect(errors.length).toBe(13);
  expect(Math.min(...errors)).toBeGreaterThan(5 * FAST_TOLERANCE);
});

test('the weights are as they were after the judging', async () => {
  const document = documentOf([['tanh', 0.5]], 1, 'binary_cross_entropy');
  const { training } = await loadData(document.data, noFile);
  const network = createNetwork({ ...document, backend: 'reference', batchSize: training.count });
  network.initialize(1);
  const before = Float64Array.from(network.read('h0.weight'));
  float32Blur(network, training, network.gradients(training).tensors, 1);
  expect(Float64Array.from(network.read('h0.weight'))).toEqual(before);
  network.dispose();
});

describe('saturated networks pass', () => {
  test.each<[Hidden[], number, string]>([
    [[['softplus', 0.5]], 1000, 'hinge'],
    [
      [
        ['tanh', 0.5],
        ['silu', 10],
        ['leaky_relu', 3],
      ],
      1000,
      'mean_squared_error',
    ],
    [
      [
        ['elu', 1],
        ['silu', 10],
        ['silu', 10],
      ],
      10,
      'hinge',
    ],
    [
      [
        ['softmax', 3],
        ['leaky_relu', 3],
      ],
      1000,
      'hinge',
    ],
    [[['leaky_relu', 0.5]], 1000, 'hinge'],
  ])('%j on inputs of %d with %s', async (hidden, size, loss) => {
    for (let seed = 1; seed <= 10; seed++) {
      const document = documentOf(hidden, size, loss);
      const seeded = { ...document, training: { ...document.training, seed } };
      const { tensors } = auditGradients(seeded, await loadData(document.data, noFile));
      expect(Math.max(...tensors.map(({ error }) => error))).toBeLessThanOrEqual(1e-6);
      expect(Math.max(...tensors.map(({ fastError }) => fastError))).toBeLessThanOrEqual(FAST_TOLERANCE);
    }
  });
});
