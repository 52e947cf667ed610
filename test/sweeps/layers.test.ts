/** Every layer inside a small graph: shapes, gradients, independence of rows, determinism, both backends. */
import { describe, expect, test } from 'vitest';
import type { TrainingSpec } from '../../src-core/graph/model.ts';
import { recordLayer } from '../../src-core/layers/builder.ts';
import { layers, type LayerType } from '../../src-core/layers/registry.ts';
import { checkFields, resolveParams } from '../../src-core/lib/fields-check.ts';
import type { ValueType } from '../../src-core/ops/define.ts';
import type { Network, NetworkOptions, Rows } from '../../src-core/runtime/define.ts';
import { createNetwork } from '../../src-core/runtime/network.ts';
import { sizeOf } from '../../src-core/tensor/shape.ts';
import { sampleRandom } from '../helpers/op-program.ts';
import { graphAround, layerSamples, type LayerSample } from './layer-samples.ts';

const ROWS = 4;
const STEP = 6e-6; // cube root of the float64 unit
const training: TrainingSpec = { loss: 'mean_squared_error', optimizer: { type: 'sgd', learning_rate: 0.1 }, seed: 5 };

const samples = Object.entries(layerSamples).flatMap(([type, list]) =>
  list.map((sample, i) => ({ type: type as LayerType, sample, title: `${type} #${i}` })),
);

function networkOf(
  type: LayerType,
  sample: LayerSample,
  options: Partial<Pick<NetworkOptions, 'backend' | 'kernels' | 'batchSize' | 'noise'>> = {},
) {
  const { backend = 'reference', kernels, batchSize = ROWS, noise = false } = options;
  const network = createNetwork({ graph: graphAround(type, sample), training, backend, kernels, batchSize, noise });
  network.initialize(3);
  return network;
}

function rowsFor(network: Network, sample: LayerSample, title: string, count = ROWS): Rows {
  const random = sampleRandom(title);
  const draw = () => (sample.ids ? random.integer(5) : random.normal());
  const inputs = Float64Array.from({ length: count * sizeOf(network.inputShape) }, draw);
  return {
    count,
    inputs,
    targets: Float64Array.from({ length: count * sizeOf(network.outputShape) }, () => random.normal()),
  };
}

function distance(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = found.length === expected.length ? 0 : Infinity;
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs((found[i] ?? NaN) - (expected[i] ?? NaN)) / Math.max(1, Math.abs(expected[i] ?? 0));
    worst = gap <= worst ? worst : gap;
  }
  return worst;
}

describe.each(samples)('$title', ({ type, sample, title }) => {
  test('the inferred shape is the executed shape', () => {
    const network = networkOf(type, sample);
    const inferred = inferredShape(type, sample);
    const { outputs } = network.evaluate(rowsFor(network, sample, title));
    expect([network.outputShape, outputs.length]).toEqual([inferred, ROWS * sizeOf(inferred)]);
    expect(outputs.every(Number.isFinite)).toBe(true);
  });

  test('gradients agree with central differences', () => {
    const network = networkOf(type, sample);
    const rows = rowsFor(network, sample, title);
    const { tensors } = network.gradients(rows);
    for (const [key, gradient] of tensors) {
      const start = network.read(key).slice();
      const numeric = gradient.map((_, i) => {
        const lossAt = (by: number) => {
          network.write(key, start.with(i, (start[i] ?? 0) + by));
          return network.gradients(rows).loss;
        };
        return (lossAt(STEP) - lossAt(-STEP)) / (2 * STEP);
      });
      network.write(key, start);
      expect(distance(gradient, numeric), key).toBeLessThanOrEqual(1e-6);
    }
  });

  const isRowWise = sample.separatesRows !== false;
  if (isRowWise)
    test('a batch is the mean of its rows', () => {
      const network = networkOf(type, sample);
      const rows = rowsFor(network, sample, title);
      const whole = network.gradients(rows);
      const singles = Array.from({ length: ROWS }, (_, row) => network.gradients(rowOf(rows, row)));
      const mean = (pick: (one: ReturnType<Network['gradients']>) => number) =>
        singles.reduce((sum, one) => sum + pick(one), 0) / ROWS;
      expect(Math.abs(whole.loss - mean((one) => one.loss))).toBeLessThanOrEqual(1e-12);
      for (const [key, gradient] of whole.tensors) {
        expect(
          distance(
            gradient,
            gradient.map((_, i) => mean((one) => one.tensors.get(key)?.[i] ?? NaN)),
          ),
          key,
        ).toBeLessThanOrEqual(1e-12);
      }
    });

  test.each([undefined, 'typescript'] as const)('float32 agrees with float64, kernels: %s', (kernels) => {
    const [exact, fast] = [networkOf(type, sample), networkOf(type, sample, { backend: 'fast', kernels })];
    const rows = rowsFor(exact, sample, title);
    for (const { key } of exact.tensors) {
      const rounded = Float32Array.from(exact.read(key));
      exact.write(key, rounded);
      fast.write(key, rounded);
    }
    const inputs = Float32Array.from(rows.inputs);
    const [a, b] = [exact, fast].map((network) => network.gradients({ ...rows, inputs }));
    expect(distance(fast.predict(inputs, ROWS), exact.predict(inputs, ROWS))).toBeLessThanOrEqual(1e-5);
    for (const [key, gradient] of a?.tensors ?? [])
      expect(distance(b?.tensors.get(key) ?? [], gradient), key).toBeLessThanOrEqual(1e-5);
  });

  test('the same seed gives the same bytes, noise included', () => {
    const trained = [1, 2].map(() => {
      const network = networkOf(type, sample, { backend: 'fast', noise: true });
      network.bind(rowsFor(network, sample, title, ROWS + 1));
      const order = Uint32Array.from({ length: ROWS + 1 }, (_, i) => i);
      network.train({ order, from: 0, steps: 2, stepsBefore: 0, learningRate: 0.05 });
      return network.tensors.map(({ key }) => [...network.read(key)]);
    });
    expect(trained[0]).toEqual(trained[1]);
  });

  test('a row is predicted the same alone and in a crowd', () => {
    const network = networkOf(type, sample, { batchSize: 1 });
    const rows = rowsFor(network, sample, title, 70); // more than one chunk of predictions
    const crowd = network.predict(rows.inputs, rows.count);
    const alone = rowOf(rows, 69);
    const size = sizeOf(network.outputShape);
    expect([...network.predict(alone.inputs, 1)]).toEqual([...crowd.subarray(69 * size)]);
  });
});

test('every layer has a sample', () => {
  expect(Object.keys(layerSamples).sort()).toEqual(Object.keys(layers).sort());
});

test.each(Object.entries(layers))('%s says what it is', (_type, layer) => {
  const initial = Object.fromEntries(
    Object.entries(layer.fields).flatMap(([key, field]) => (field.initial === undefined ? [] : [[key, field.initial]])),
  );
  const params = resolveParams(layer.fields, initial);
  const about = { problems: checkFields(layer.fields, initial, 'it'), summary: layer.summary.endsWith('.') };
  expect(about).toEqual({ problems: [], summary: true });
  expect(layer.label.length * layer.formula.length).toBeGreaterThan(0);
  expect(typeof layer.brief(params)).toBe('string');
});

function rowOf({ inputs, targets, count }: Rows, row: number): Rows {
  const part = (numbers: Float32Array | Float64Array) =>
    numbers.slice((numbers.length / count) * row, (numbers.length / count) * (row + 1));
  return { count: 1, inputs: part(inputs), ...(targets ? { targets: part(targets) } : {}) };
}

/** Shapes as analysis infers them, one layer at a time. */
function inferredShape(type: LayerType, sample: LayerSample): readonly number[] {
  const graph = graphAround(type, sample);
  let value: ValueType = { shape: sample.shape, batched: true };
  for (const node of graph.nodes) {
    const times = ['add', 'multiply', 'concat'].includes(node.type) ? 2 : 1;
    value = recordLayer({
      type: node.type,
      params: node.params,
      inputs: Array.from({ length: times }, () => value),
    }).output;
  }
  return value.shape;
}
