/** However many threads compute, the bytes are the same. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Graph, TrainingSpec } from '../../../src-core/graph/model.ts';
import { supportedBuilds, type KernelBuild } from '../../../src-core/kernels/wasm/module.ts';
import type { ThreadJob, ThreadStarter } from '../../../src-core/kernels/wasm/threads.ts';
import { present } from '../../../src-core/lib/assert.ts';
import type { JsonObject } from '../../../src-core/lib/json.ts';
import { Random, streamKey } from '../../../src-core/lib/random.ts';
import type { Network } from '../../../src-core/runtime/define.ts';
import { createNetwork } from '../../../src-core/runtime/network.ts';
import { readyThreads } from '../../helpers/ready-threads.ts';
import { sizeOf } from '../../../src-core/tensor/shape.ts';

const BATCH = 40;
/** Two whole batches and a rest that no number of threads divides. */
const rowsFor = (batch: number) => 2 * batch + 13;

type Layer = readonly [type: string, params: JsonObject];
function chain(shape: readonly number[], ...layers: readonly Layer[]): Graph {
  const nodes = [
    { id: 'in', type: 'input', params: { shape } },
    ...layers.map(([type, params], i) => ({ id: `n${i}`, type, params })),
    { id: 'y', type: 'output', params: {} },
  ];
  return { nodes, edges: nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id ?? '', to: id })) };
}
const dense = (units: number, activation: string): Layer => ['dense', { units, activation }];
const conv = (filters: number, activation: string): Layer => [
  'conv2d',
  { filters, kernel_size: [3, 3], padding: 'same', activation },
];

const cases: readonly { name: string; graph: Graph; training: TrainingSpec; batch?: number }[] = [
  {
    name: 'dense layers, Adam',
    graph: chain([70], dense(130, 'relu'), dense(75, 'gelu'), dense(10, 'softmax')),
    training: { loss: 'cross_entropy', optimizer: { type: 'adam', learning_rate: 0.01 } },
  },
  {
    name: 'convolutions, pools and dropout, SGD',
    graph: chain(
      [2, 13, 11],
      conv(12, 'relu'),
      ['max_pool2d', {}],
      conv(16, 'tanh'),
      ['dropout', { rate: 0.2 }],
      ['flatten', {}],
      dense(5, 'softmax'),
    ),
    training: { loss: 'cross_entropy', optimizer: { type: 'sgd', learning_rate: 0.1, momentum: 0.9 } },
  },
  {
    // Rows enough to be shared out and packed, forward and for the gradient of the first weight.
    name: 'wide layers in large batches, RMSprop',
    graph: chain([700], dense(70, 'relu'), dense(66, 'tanh'), dense(5, 'softmax')),
    training: { loss: 'cross_entropy', optimizer: { type: 'rmsprop', learning_rate: 0.001 } },
    batch: 400,
  },
  {
    name: 'loops over time, noise and a norm to clip at, Adam',
    graph: chain(
      [6, 9],
      ['gaussian_noise', { stddev: 0.1 }],
      ['simple_rnn', { units: 22, return_sequences: true }],
      ['lstm', { units: 21, return_sequences: true }],
      ['dropout', { rate: 0.2 }],
      ['gru', { units: 18 }],
      dense(4, 'softmax'),
    ),
    training: {
      loss: 'cross_entropy',
      optimizer: { type: 'adam', learning_rate: 0.01 },
      regularization: { l1: 1e-4, l2: 1e-3 },
      gradient_clip: { norm: 1 },
    },
  },
  {
    name: 'attention, softmax and many outputs on a sequence, SGD',
    graph: chain(
      [7, 16],
      ['positional_encoding', {}],
      ['attention', { heads: 2 }],
      ['layer_norm', {}],
      dense(64, 'silu'),
      ['flatten', {}],
      dense(40, 'linear'),
      ['activation', { function: 'softmax' }],
      dense(90, 'softmax'),
    ),
    training: {
      loss: 'cross_entropy',
      optimizer: { type: 'sgd', learning_rate: 0.01 },
      gradient_clip: { value: 0.5 },
      reduction: 'sum',
    },
  },
];

const open: Network[] = [];
afterEach(() => {
  for (const network of open.splice(0)) network.dispose();
});

/** Every look at it is this many milliseconds later: a step takes longer than a portion should. */
const TICK_MS = 30;

type Case = (typeof cases)[number];
async function trained(build: KernelBuild, one: Case, count: number, clock?: Pick<ThreadStarter, 'now'>) {
  const { graph, training, batch = BATCH } = one;
  const rows = rowsFor(batch);
  const { starter, allReady, jobs } = readyThreads(count);
  const network = createNetwork({
    graph,
    training,
    backend: 'fast',
    kernels: build,
    threads: { ...starter, ...clock },
    batchSize: batch,
  });
  open.push(network);
  expect(await allReady()).toBe(count - 1);
  network.initialize(4);
  const random = new Random(streamKey(3, 'data', 'threads'));
  const width = sizeOf(network.outputShape);
  const inputs = Float32Array.from({ length: rows * sizeOf(network.inputShape) }, () => random.normal());
  const targets = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) targets[row * width + random.integer(width)] = 1;
  network.bind({ count: rows, inputs, targets });
  const order = random.permutation(rows);
  const learningRate = Number(training.optimizer['learning_rate']);
  const losses: number[] = [];
  for (let epoch = 0; epoch < 4; epoch++) {
    const { stepLosses } = network.train({ order, from: 0, steps: 3, stepsBefore: epoch * 3, learningRate });
    losses.push(...stepLosses);
  }
  const tensors = [...network.tensors, ...network.slots].map(({ key }) => [key, network.read(key)]);
  return { bytes: { losses, tensors, outputs: network.predict(inputs, rows) }, jobs: jobs() };
}

describe.each(supportedBuilds())('%s', (build) => {
  test.each(cases)('$name: two, three and four threads give the bytes of one', async (one) => {
    const { bytes: expected } = await trained(build, one, 1);
    expect(expected.losses.at(-1)).toBeLessThan(expected.losses[0] ?? 0);
    for (const count of [2, 3, 4]) {
      const { bytes } = await trained(build, one, count);
      expect(bytes, `${count} threads`).toEqual(expected);
    }
  });

  test('calls that a clock cuts, some portions with all threads and some with one, give the same bytes', async () => {
    const one = present(cases[0], 'case');
    const whole = await trained(build, one, 2);
    let time = 0;
    const cut = await trained(build, one, 2, { now: () => (time += TICK_MS) });
    expect(cut.bytes).toEqual(whole.bytes);
    // Four calls of three steps, a prediction: the other thread is called once for each, or for all but the two steps that
    // are tried without it.
    expect([whole.jobs, cut.jobs]).toEqual([5, 11]);
  });
});

test.each([1, 2, 3])('a gradient beyond float32 is noticed in its step by %i threads', async (count) => {
  const { starter, allReady } = readyThreads(count);
  const graph = chain([200], dense(80, 'linear'), dense(1, 'linear'));
  const training: TrainingSpec = { loss: 'mean_squared_error', optimizer: { type: 'sgd', learning_rate: 1e-30 } };
  const network = createNetwork({ graph, training, backend: 'fast', threads: starter, batchSize: BATCH });
  open.push(network);
  expect(await allReady()).toBe(count - 1);
  network.write('n1.weight', new Float32Array(80).fill(1));
  // The second batch: outputs of 0, a loss of about 1e20, gradients of about 1e10·1e30.
  const inputs = Float32Array.from({ length: 400 * BATCH }, (_, i) => (i < 200 * BATCH ? 1 : 1e30));
  const targets = Float32Array.from({ length: 2 * BATCH }, (_, i) => (i < BATCH ? 1e-10 : 1e10));
  network.bind({ count: 2 * BATCH, inputs, targets });
  const order = Uint32Array.from({ length: 6 * BATCH }, (_, i) => i % (2 * BATCH));
  const result = network.train({ order, from: 0, steps: 6, stepsBefore: 0, learningRate: 1e-30 });
  expect([result.divergedAt, result.stepLosses.length]).toEqual([1, 2]);
  expect(result.stepLosses.every(Number.isFinite)).toBe(true);
});

test('a network too small to share starts no thread', () => {
  const { starter } = readyThreads(2);
  const started: ThreadJob[] = [];
  const threads: ThreadStarter = { count: starter.count, start: (job) => (started.push(job), () => undefined) };
  const training: TrainingSpec = { loss: 'mean_squared_error', optimizer: { type: 'sgd', learning_rate: 0.1 } };
  open.push(
    createNetwork({
      graph: chain([2], dense(8, 'tanh'), dense(1, 'tanh')),
      training,
      backend: 'fast',
      threads,
      batchSize: 10,
    }),
  );
  expect(started).toEqual([]);
});
