/** Whole networks on every kind of kernel against the float64 reference: gradients, training, outputs, and what must not change them. */
import { describe, expect, test } from 'vitest';
import type { Graph, TrainingSpec } from '../../../src-core/graph/model.ts';
import type { KernelChoice } from '../../../src-core/kernels/registry.ts';
import { prepareWasm } from '../../../src-core/kernels/wasm/backend.ts';
import { supportedBuilds } from '../../../src-core/kernels/wasm/module.ts';
import { lower } from '../../../src-core/compile/lower.ts';
import type { JsonObject } from '../../../src-core/lib/json.ts';
import { Random, streamKey } from '../../../src-core/lib/random.ts';
import type { Network } from '../../../src-core/runtime/define.ts';
import { createNetwork } from '../../../src-core/runtime/network.ts';
import { sizeOf } from '../../../src-core/tensor/shape.ts';

const BATCH = 7;
const ROWS = 17; // two whole batches and a rest
const kinds: readonly KernelChoice[] = [...supportedBuilds(), 'typescript'];

function chain(shape: readonly number[], ...layers: readonly (readonly [type: string, params: JsonObject])[]): Graph {
  const nodes = [
    { id: 'in', type: 'input', params: { shape } },
    ...layers.map(([type, params], i) => ({ id: `n${i}`, type, params })),
    { id: 'y', type: 'output', params: {} },
  ];
  return { nodes, edges: nodes.slice(1).map((node, i) => ({ from: nodes[i]?.id ?? '', to: node.id })) };
}

const conv = (filters: number, activation: string, rest: JsonObject = {}): [string, JsonObject] => [
  'conv2d',
  { filters, kernel_size: [3, 3], padding: 'same', activation, ...rest },
];
const dense = (units: number, activation: string): [string, JsonObject] => ['dense', { units, activation }];
const adam = { type: 'adam', learning_rate: 0.01 };
const sgd = { type: 'sgd', learning_rate: 0.05, momentum: 0.9 };

const cases: readonly { name: string; graph: Graph; training: TrainingSpec }[] = [
  {
    name: 'an image net with pools, flattened into a dense head',
    graph: chain(
      [1, 12, 10],
      conv(16, 'relu'),
      ['max_pool2d', {}],
      conv(32, 'relu'),
      ['max_pool2d', {}],
      ['flatten', {}],
      dense(10, 'softmax'),
    ),
    // Not Adam: it turns gradients near zero, where float32 is all rounding, into whole steps.
    training: { loss: 'cross_entropy', optimizer: sgd },
  },
  {
    name: 'an image net with sigmoids, odd channels and dropout between',
    graph: chain(
      [3, 9, 7],
      conv(10, 'sigmoid'),
      ['dropout', { rate: 0.3 }],
      conv(12, 'tanh', { padding: 'valid' }),
      ['avg_pool2d', {}],
      ['flatten', {}],
      ['dropout', { rate: 0.2 }],
      dense(3, 'linear'),
    ),
    training: { loss: 'mean_squared_error', optimizer: sgd, regularization: { l1: 1e-3, l2: 1e-2 } },
  },
  ...[
    { filters: 6, kernel_size: [5, 5], stride: [2, 1], padding: 'valid', activation: 'relu' },
    { filters: 12, kernel_size: [2, 4], padding: 'same', activation: 'softplus' },
    { filters: 20, kernel_size: [3, 7], padding: 'same', activation: 'linear' },
  ].map((window) => ({
    name: `a window of ${window.kernel_size.join('×')} on the only channel of the input`,
    graph: chain([1, 12, 13], ['conv2d', window], ['flatten', {}], dense(3, 'softmax')),
    training: { loss: 'cross_entropy', optimizer: sgd },
  })),
  ...[
    { filters: 3, kernel_size: [1, 2], stride: [1, 2], activation: 'gelu' },
    { filters: 9, kernel_size: [3, 3], activation: 'linear' },
  ].map((window) => ({
    // What fills the last vector of their input channels is not zero behind a sigmoid.
    name: `filters of ${window.kernel_size.join('×')} laid out from ten channels of sigmoids`,
    graph: chain([2, 5, 6], conv(10, 'sigmoid'), ['conv_transpose2d', window], ['flatten', {}], dense(3, 'softmax')),
    training: { loss: 'cross_entropy', optimizer: sgd },
  })),
  {
    name: 'a wide dense net that meets the cache trap',
    graph: chain([40], dense(256, 'relu'), dense(256, 'tanh'), dense(5, 'softmax')),
    training: { loss: 'cross_entropy', optimizer: sgd, gradient_clip: { norm: 1 }, reduction: 'sum' },
  },
  {
    name: 'layers on a sequence',
    graph: chain([6, 5], dense(9, 'gelu'), dense(7, 'elu'), ['flatten', {}], dense(1, 'sigmoid')),
    training: { loss: 'binary_cross_entropy', optimizer: { type: 'rmsprop', learning_rate: 0.01 } },
  },
  {
    name: 'norms on the only channel of the input',
    graph: chain([1, 5, 3], ['batch_norm', {}], ['group_norm', { groups: 1 }], ['flatten', {}], dense(3, 'softmax')),
    training: { loss: 'cross_entropy', optimizer: sgd, regularization: { l1: 0.01 } },
  },
  {
    name: 'batch norm on a signal of one place, flattened',
    graph: chain(
      [4, 1],
      ['conv1d', { filters: 3, kernel_size: 1 }],
      ['flatten', {}],
      ['batch_norm', {}],
      dense(2, 'linear'),
    ),
    training: { loss: 'mean_squared_error', optimizer: sgd },
  },
];

function rowsFor(network: Network, isHot: boolean) {
  const random = new Random(streamKey(3, 'data', 'wasm'));
  const width = sizeOf(network.outputShape);
  const inputs = Float64Array.from({ length: ROWS * sizeOf(network.inputShape) }, () => Math.fround(random.normal()));
  const hot = Array.from({ length: ROWS }, () => random.integer(width));
  const targets = Float64Array.from({ length: ROWS * width }, (_, i) =>
    isHot ? Number(hot[Math.floor(i / width)] === i % width) : random.integer(2),
  );
  return { count: ROWS, inputs, targets };
}

function open(graph: Graph, training: TrainingSpec, kernels: KernelChoice | 'reference') {
  const network = createNetwork({
    graph,
    training: { ...training, seed: 9 },
    backend: kernels === 'reference' ? 'reference' : 'fast',
    kernels: kernels === 'reference' ? undefined : kernels,
    batchSize: BATCH,
  });
  network.initialize(4);
  const rows = rowsFor(network, training.loss === 'cross_entropy');
  network.bind(rows);
  return { network, rows };
}

const part = (rows: ReturnType<typeof rowsFor>, count: number) => ({
  count,
  inputs: rows.inputs.subarray(0, (rows.inputs.length / ROWS) * count),
  targets: rows.targets.subarray(0, (rows.targets.length / ROWS) * count),
});

function distance(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = found.length === expected.length ? 0 : Infinity;
  let scale = 1;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i] ?? 0));
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs((found[i] ?? NaN) - (expected[i] ?? NaN)) / scale;
    worst = gap <= worst ? worst : gap;
  }
  return worst;
}

/** An epoch in batches of seven, in an order that is not that of the file. */
const order = Uint32Array.from({ length: ROWS }, (_, i) => (i * 5) % ROWS);
const steps = Math.ceil(ROWS / BATCH);

describe.each(cases)('$name', ({ graph, training }) => {
  test('has kernels in WebAssembly', () => {
    expect(prepareWasm(lower({ graph, training, noise: true }))).not.toBeNull();
  });

  test.each(kinds)('first gradients agree with float64 to 1e-5 (%s)', (kernels) => {
    const exact = open(graph, training, 'reference');
    const fast = open(graph, training, kernels);
    for (const count of [BATCH, 3]) {
      const [expected, found] = [exact, fast].map(({ network, rows }) => network.gradients(part(rows, count)));
      expect(Math.abs((found?.loss ?? NaN) - (expected?.loss ?? NaN))).toBeLessThan(
        1e-5 * Math.abs(expected?.loss ?? 0),
      );
      for (const [key, gradient] of expected?.tensors ?? []) {
        expect(distance(found?.tensors.get(key) ?? [], gradient), key).toBeLessThan(1e-5);
      }
    }
  });

  test.each(kinds)('three epochs agree with float64 to 2e-4 (%s)', (kernels) => {
    const [exact, fast] = [open(graph, training, 'reference'), open(graph, training, kernels)];
    for (let epoch = 0; epoch < 3; epoch++) {
      const request = { order, from: 0, steps, stepsBefore: epoch * steps, learningRate: 0.02 };
      const [expected, found] = [exact, fast].map(({ network }) => network.train(request));
      expect(distance(found?.stepLosses ?? [], expected?.stepLosses ?? [])).toBeLessThan(2e-4);
    }
    for (const { key } of exact.network.tensors) {
      expect(distance(fast.network.read(key), exact.network.read(key)), key).toBeLessThan(2e-4);
    }
    const [expected, found] = [exact, fast].map(({ network, rows }) => network.evaluate(rows));
    expect(distance(found?.outputs ?? [], expected?.outputs ?? [])).toBeLessThan(2e-4);
    expect(distance([fast.network.penalty()], [exact.network.penalty()])).toBeLessThan(2e-4);
    expect(fast.network.predict(fast.rows.inputs, ROWS)).toEqual(found?.outputs);
  });

  test.each(kinds)('one call or many give the same bytes (%s)', (kernels) => {
    const [whole, pieces] = [open(graph, training, kernels).network, open(graph, training, kernels).network];
    whole.train({ order, from: 0, steps, stepsBefore: 0, learningRate: 0.02 });
    for (let step = 0; step < steps; step++) {
      pieces.train({ order, from: step * BATCH, steps: 1, stepsBefore: step, learningRate: 0.02 });
    }
    for (const { key } of [...whole.tensors, ...whole.slots]) expect(pieces.read(key), key).toEqual(whole.read(key));
  });
});

test('what the kernels cannot lay out runs on TypeScript instead', () => {
  const four = chain(
    [2, 12],
    ['reshape', { shape: [2, 3, 2, 2] }],
    ['concat', { axis: 1 }],
    ['flatten', {}],
    dense(1, 'linear'),
  );
  const edges = [...four.edges, { from: 'n0', to: 'n1' }];
  const graph = { ...four, edges };
  const training: TrainingSpec = { loss: 'mean_squared_error', optimizer: sgd };
  expect(prepareWasm(lower({ graph, training, noise: true }))).toBeNull();
  const [exact, fast] = (['reference', 'relaxed'] as const).map((kernels) => open(graph, training, kernels));
  const [expected, found] = [exact, fast].map((one) => one?.network.evaluate(one.rows).outputs);
  expect(distance(found ?? [], expected ?? [])).toBeLessThan(1e-5);
});

test.each(kinds)('inputs of four axes go in one batch at a time (%s)', (kernels) => {
  const training: TrainingSpec = { loss: 'mean_squared_error', optimizer: sgd };
  const graph = chain([2, 3, 2, 2], ['flatten', {}], dense(2, 'tanh'));
  const [exact, fast] = (['reference', kernels] as const).map((one) => open(graph, training, one));
  const [expected, found] = [exact, fast].map((one) => one?.network.predict(one.rows.inputs, ROWS));
  expect(distance(found ?? [], expected ?? [])).toBeLessThan(1e-5);
});

test.each(kinds)('tensors are read as they were written (%s)', (kernels) => {
  const { network } = open(cases[0]?.graph ?? chain([1]), cases[0]?.training ?? { loss: '', optimizer: sgd }, kernels);
  for (const { key, shape } of network.tensors) {
    const numbers = Float32Array.from({ length: sizeOf(shape) }, (_, i) => i + 1);
    network.write(key, numbers);
    expect(network.read(key)).toEqual(numbers);
  }
});

test.each(kinds)('a bad loss leaves the weights alone and is noticed in its step (%s)', (kernels) => {
  const graph = chain([2], dense(3, 'tanh'), dense(1, 'linear'));
  const { network } = open(graph, { loss: 'mean_squared_error', optimizer: adam }, kernels);
  const inputs = new Float64Array(2 * ROWS).fill(1);
  const targets = new Float64Array(ROWS).fill(1);
  targets[12] = 1e30; // its square is beyond float32
  network.bind({ count: ROWS, inputs, targets });
  const whole = network.train({
    order: new Uint32Array(ROWS).fill(1),
    from: 0,
    steps: 1,
    stepsBefore: 0,
    learningRate: 0.1,
  });
  expect(whole.divergedAt).toBeUndefined();
  const before = network.tensors.map(({ key }) => network.read(key));
  const bad = new Uint32Array(ROWS).fill(12);
  const result = network.train({ order: bad, from: 0, steps: 2, stepsBefore: 1, learningRate: 0.1 });
  if (kernels === 'typescript') return; // its sums are float64: the loss is still finite there
  expect([result.divergedAt, result.stepLosses.length]).toEqual([0, 1]);
  expect(network.tensors.map(({ key }) => network.read(key))).toEqual(before);
});

test.each(kinds)('a gradient beyond float32 is noticed in its step, and shows where (%s)', (kernels) => {
  const graph = chain([2], dense(3, 'linear'), dense(1, 'linear'));
  const training: TrainingSpec = { loss: 'mean_squared_error', optimizer: { type: 'sgd', learning_rate: 1e-30 } };
  const { network } = open(graph, training, kernels);
  network.write('n0.weight', new Float64Array(6).fill(1e-30));
  // The loss is about 1e20, the first layer's gradient about 1e10·1e30.
  const [inputs, targets] = [new Float64Array(2 * ROWS).fill(1), new Float64Array(ROWS).fill(1)];
  for (let i = 0; i < 2 * BATCH; i++) inputs[2 * BATCH + i] = 1e30;
  for (let i = 0; i < BATCH; i++) targets[BATCH + i] = 1e10;
  network.bind({ count: ROWS, inputs, targets });
  const order = Uint32Array.from({ length: ROWS }, (_, i) => i);
  const { divergedAt, stepLosses } = network.train({ order, from: 0, steps: 3, stepsBefore: 0, learningRate: 1e-30 });
  expect(stepLosses.every(Number.isFinite)).toBe(true);
  expect([divergedAt, stepLosses.length]).toEqual([1, 2]);
  const bad = network.tensors.filter(({ key }) => !network.read(key).every(Number.isFinite)).map(({ key }) => key);
  // TypeScript looks at the gradients before it steps; the other kernels step along each as soon as it is there.
  expect(bad).toEqual(kernels === 'typescript' ? [] : ['n0.weight']);
});
