/** The audit: right gradients pass on images, sequences and shared nodes; what is off is measured, not hidden. */
import { describe, expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import type { JsonObject } from '../../../src-core/lib/json.ts';
import { Random, streamKey } from '../../../src-core/lib/random.ts';
import { sizeOf } from '../../../src-core/tensor/shape.ts';
import { auditGradients } from '../../../src-core/trainer/audit.ts';

type Layer = readonly [type: string, params?: JsonObject];

function documentOf(shape: readonly number[], list: readonly Layer[], training: object = {}): ProjectDocument {
  const random = new Random(streamKey(8, 'data', 'audit'));
  const ids = ['in', ...list.map((_, i) => `n${i}`), 'out', 'y'];
  const inputs = Array.from({ length: 12 }, () => Array.from({ length: sizeOf(shape) }, () => random.normal()));
  return {
    format: 'netloom-project',
    version: 1,
    name: 'audit',
    graph: {
      nodes: [
        { id: 'in', type: 'input', params: { shape } },
        ...list.map(([type, params = {}], i) => ({ id: `n${i}`, type, params })),
        { id: 'out', type: 'dense', params: { units: 3, activation: 'softmax' } },
        { id: 'y', type: 'output', params: {} },
      ],
      edges: ids.slice(1).map((to, i) => ({ from: ids[i] ?? '', to })),
    },
    data: { kind: 'inline', task: 'multiclass', inputs, targets: inputs.map((_, i) => [i % 3]) },
    training: { loss: 'cross_entropy', optimizer: { type: 'sgd' }, batch_size: 8, ...training },
  };
}

async function audit(document: ProjectDocument) {
  return auditGradients(document, await loadData(document.data, () => Promise.reject(new Error('no file'))));
}

describe.each([
  [
    'convolution and pooling',
    [1, 6, 6],
    [['conv2d', { filters: 3, kernel_size: [3, 3], activation: 'tanh' }], ['max_pool2d'], ['flatten']],
  ],
  [
    'batch_norm, whose training mode is another one',
    [4],
    [['dense', { units: 5 }], ['batch_norm'], ['activation', { function: 'relu' }]],
  ],
  ['a sequence', [4, 3], [['lstm', { units: 3 }]]],
] as const)('%s', (_, shape, list) => {
  test('has the gradients of its differences, on both backends', async () => {
    const { tensors, isSampled } = await audit(documentOf(shape, list as readonly Layer[]));
    expect([isSampled, tensors.every(({ checked, size }) => checked === size)]).toEqual([false, true]);
    // 1e-6: what the audit promises in float64; 1e-4: float32 sums of some ten products beside small gradients.
    expect(Math.max(...tensors.map(({ error }) => error))).toBeLessThan(1e-6);
    expect(Math.max(...tensors.map(({ fastError }) => fastError))).toBeLessThan(1e-4);
  });
});

test('sums and class weights are part of what is checked', async () => {
  const list: readonly Layer[] = [['dense', { units: 4, activation: 'tanh' }]];
  const plain = await audit(documentOf([3], list));
  const summed = await audit(documentOf([3], list, { reduction: 'sum', class_weights: { 0: 3 } }));
  expect(Math.max(...summed.tensors.map(({ error }) => error))).toBeLessThan(1e-6);
  expect(summed.loss).not.toBeCloseTo(8 * plain.loss, 3);
});

test('above 20,000 parameters 200 of each tensor are checked, and it says so', async () => {
  const { isSampled, tensors } = await audit(documentOf([30], [['dense', { units: 700, activation: 'tanh' }]]));
  expect([isSampled, tensors.map(({ checked, size }) => [checked, size])]).toEqual([
    true,
    [
      [200, 700],
      [200, 21_000],
      [3, 3],
      [200, 2100],
    ],
  ]);
});
