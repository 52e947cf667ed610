/** ONNX exports, run by onnxruntime: every layer and activation gives there what it gives here. */
import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import type { TrainedNetwork, WeightsTensor } from '../../../src-core/formats/define.ts';
import { onnx } from '../../../src-core/formats/onnx/onnx.ts';
import { bytesOf } from '../../../src-core/formats/pieces.ts';
import type { Graph } from '../../../src-core/graph/model.ts';
import type { JsonObject } from '../../../src-core/lib/json.ts';
import { layers } from '../../../src-core/layers/registry.ts';
import { Random, streamKey } from '../../../src-core/lib/random.ts';
import { createNetwork } from '../../../src-core/runtime/network.ts';
import { sizeOf } from '../../../src-core/tensor/shape.ts';
import { messageOf } from '../../helpers/message-of.ts';

type Layer = readonly [type: string, params?: JsonObject];
const ROWS = 5;

function chain(shape: readonly number[], ...list: readonly Layer[]): Graph {
  const ids = list.map((_, i) => `n${i}`);
  const path = ['in', ...ids, 'y'];
  return {
    nodes: [
      { id: 'in', type: 'input', params: { shape } },
      ...list.map(([type, params = {}], i) => ({ id: `n${i}`, type, params })),
      { id: 'y', type: 'output', params: {} },
    ],
    edges: path.slice(1).map((to, i) => ({ from: path[i] ?? '', to })),
  };
}

/** Random weights everywhere, running variances positive; inputs standard normal, or ids for embeddings. */
function prepare(graph: Graph) {
  const network = createNetwork({ graph, backend: 'reference', batchSize: ROWS });
  const random = new Random(streamKey(5, 'init', 'onnx'));
  const tensors = new Map<string, WeightsTensor>();
  for (const { key, shape } of network.tensors) {
    const draw = () => (key.endsWith('running_var') ? 0.5 + random.next() : 0.5 * random.normal());
    const data = Float32Array.from({ length: sizeOf(shape) }, draw);
    tensors.set(key, { shape, data });
    network.write(key, data);
  }
  const isIds = graph.nodes.some(({ type }) => type === 'embedding');
  const inputs = Float64Array.from({ length: ROWS * sizeOf(network.inputShape) }, () =>
    isIds ? random.integer(7) : Math.fround(random.normal()),
  );
  const trained: TrainedNetwork = {
    graph,
    data: { task: 'regression' },
    training: {},
    tensors,
    vectors: { inputs: [], outputs: [], tolerance: 0 },
  };
  return { network, trained, inputs };
}

async function runOnnx(bytes: Uint8Array, inputs: Float64Array, shape: readonly number[], rows: number) {
  const session = await ort.InferenceSession.create(bytes);
  const feed = new ort.Tensor('float32', Float32Array.from(inputs), [rows, ...shape]);
  const { output } = await session.run({ input: feed });
  return output;
}

async function expectAgreement(graph: Graph): Promise<void> {
  const { network, trained, inputs } = prepare(graph);
  const expected = network.predict(inputs, ROWS);
  const output = await runOnnx(
    bytesOf(onnx.write(trained, { allowNonFinite: false })),
    inputs,
    network.inputShape,
    ROWS,
  );
  expect(output?.dims).toEqual([ROWS, ...network.outputShape]);
  // The exchange promise of the format: |Δ| ≤ 1e-5·max(1, |expected|).
  const worst = expected.reduce(
    (most, value, i) => Math.max(most, Math.abs(Number(output?.data[i]) - value) / Math.max(1, Math.abs(value))),
    0,
  );
  expect(worst).toBeLessThan(1e-5);
}

const image = [2, 7, 6];
const sequence = [5, 4];
/** Every layer at least once, with the settings that change its ONNX form. */
const samples: Readonly<Record<string, readonly (readonly [shape: readonly number[], params?: JsonObject])[]>> = {
  activation: [[[4], { function: 'tanh' }]],
  attention: [[sequence, { heads: 2 }]],
  avg_pool2d: [[image], [image, { pool_size: [3, 2], stride: [2, 2], padding: 'same' }]],
  batch_norm: [[image], [[6]], [sequence]],
  conv1d: [[[2, 9], { filters: 3, kernel_size: 3, stride: 2, padding: 'same', activation: 'relu' }]],
  conv2d: [
    [image, { filters: 3, kernel_size: [3, 3], activation: 'relu' }],
    [image, { filters: 3, kernel_size: [3, 2], stride: [2, 3], padding: 'same', use_bias: false }],
  ],
  conv_transpose2d: [[image, { filters: 3, kernel_size: [3, 2], stride: [2, 3] }]],
  dense: [
    [[4], { units: 3 }],
    [sequence, { units: 3, use_bias: false }],
  ],
  dropout: [[[4]]],
  embedding: [[[5], { vocabulary: 7, dims: 3 }]],
  flatten: [[image]],
  gaussian_noise: [[[4]]],
  global_avg_pool2d: [[image]],
  group_norm: [[[4, 5, 3], { groups: 2 }]],
  gru: [
    [sequence, { units: 3 }],
    [sequence, { units: 3, return_sequences: true }],
  ],
  layer_norm: [[sequence], [[6]]],
  lstm: [
    [sequence, { units: 3 }],
    [sequence, { units: 3, return_sequences: true }],
  ],
  max_pool2d: [[image], [image, { pool_size: [3, 3], stride: [2, 2], padding: 'same' }]],
  positional_encoding: [[sequence]],
  reshape: [[[12], { shape: [3, 4] }]],
  simple_rnn: [[sequence, { units: 3 }]],
};
const notChains = ['input', 'output', 'add', 'multiply', 'concat'];

test('every layer has a sample here', () => {
  expect(Object.keys(samples).concat(notChains).sort()).toEqual(Object.keys(layers).sort());
});

describe.each(Object.entries(samples))('%s', (type, list) => {
  test.each(list.map(([shape, params = {}]) => ({ shape, params })))(
    'on $shape with $params agrees with onnxruntime',
    async ({ shape, params }) => {
      await expectAgreement(chain(shape, [type, params]));
    },
  );
});

describe('activations', () => {
  const names = ['linear', 'sigmoid', 'tanh', 'relu', 'leaky_relu', 'elu', 'softplus', 'gelu', 'silu', 'softmax'];
  test.each(names)('%s agrees with onnxruntime', async (name) => {
    await expectAgreement(chain([6], ['activation', { function: name }]));
  });
});

test.each(['add', 'multiply', 'concat'])('a branch merged by %s agrees with onnxruntime', async (merge) => {
  const nodes = [
    { id: 'in', type: 'input', params: { shape: [4] } },
    { id: 'a', type: 'dense', params: { units: 4, activation: 'tanh' } },
    { id: 'b', type: 'dense', params: { units: 4, activation: { type: 'leaky_relu', alpha: 0.2 } } },
    { id: 'm', type: merge, params: {} },
    { id: 'out', type: 'dense', params: { units: 2, activation: 'softmax' } },
    { id: 'y', type: 'output', params: {} },
  ];
  const pairs = [
    ['in', 'a'],
    ['in', 'b'],
    ['a', 'm'],
    ['b', 'm'],
    ['a', 'm'],
    ['m', 'out'],
    ['out', 'y'],
  ] as const;
  await expectAgreement({ nodes, edges: pairs.map(([from, to]) => ({ from, to })) });
});

test('a convolutional network with pools and a dense head agrees with onnxruntime', async () => {
  await expectAgreement(
    chain(
      [1, 12, 12],
      ['conv2d', { filters: 4, kernel_size: [3, 3], activation: 'relu' }],
      ['max_pool2d'],
      ['conv2d', { filters: 6, kernel_size: [3, 3], padding: 'same', activation: 'relu' }],
      ['batch_norm'],
      ['flatten'],
      ['dense', { units: 10, activation: 'softmax' }],
    ),
  );
});

test('the batch axis is free: one row and many give the same', async () => {
  const { network, trained, inputs } = prepare(chain([4], ['dense', { units: 3, activation: 'tanh' }]));
  const bytes = bytesOf(onnx.write(trained, { allowNonFinite: false }));
  const many = await runOnnx(bytes, inputs, network.inputShape, ROWS);
  const one = await runOnnx(bytes, inputs.subarray(0, 4), network.inputShape, 1);
  expect([...((one?.data ?? []) as Float32Array)]).toEqual([...((many?.data ?? []) as Float32Array)].slice(0, 3));
});

test('an input wired straight to the output is a model too', async () => {
  await expectAgreement(chain([3]));
});

test('weights that are not finite are refused by name', () => {
  const { trained } = prepare(chain([2], ['dense', { units: 1 }]));
  const tensors = new Map([...trained.tensors, ['n0.bias', { shape: [1], data: Float32Array.of(NaN) }]]);
  expect(messageOf(() => bytesOf(onnx.write({ ...trained, tensors }, { allowNonFinite: false })))).toMatch(
    /^weights: tensor n0\.bias/,
  );
});
