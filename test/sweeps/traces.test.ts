/** A traced step of every layer: keeping values and gradients of all nodes changes none of them, on any backend. */
import { expect, test } from 'vitest';
import type { TrainingSpec } from '../../src-core/graph/model.ts';
import type { LayerType } from '../../src-core/layers/registry.ts';
import type { NetworkOptions, NodeTrace, Rows } from '../../src-core/runtime/define.ts';
import { createNetwork } from '../../src-core/runtime/network.ts';
import { sizeOf } from '../../src-core/tensor/shape.ts';
import { sampleRandom } from '../helpers/op-program.ts';
import { graphAround, layerSamples } from './layer-samples.ts';

const ROWS = 4;
const training: TrainingSpec = { loss: 'mean_squared_error', optimizer: { type: 'sgd', learning_rate: 0.1 }, seed: 5 };
/** float32 over the few dozen products of these samples. */
const FLOAT32 = 1e-5;
const samples = Object.entries(layerSamples).flatMap(([type, list]) =>
  list.map((sample, i) => ({ type: type as LayerType, sample, title: `${type} #${i}` })),
);

function distance(found: ArrayLike<number> | null | undefined, expected: ArrayLike<number> | null | undefined): number {
  if (!found || !expected) return found === expected ? 0 : Infinity;
  let worst = found.length === expected.length ? 0 : Infinity;
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs((found[i] ?? NaN) - (expected[i] ?? NaN)) / Math.max(1, Math.abs(expected[i] ?? 0));
    worst = gap <= worst ? worst : gap;
  }
  return worst;
}

test.each(samples)('$title', ({ type, sample, title }) => {
  const graph = graphAround(type, sample);
  const make = (options: Pick<NetworkOptions, 'backend' | 'kernels' | 'keepsNodes'>) =>
    createNetwork({ graph, training, batchSize: ROWS, noise: true, ...options });
  const exact = make({ backend: 'reference', keepsNodes: true });
  exact.initialize(3);
  const random = sampleRandom(title);
  const inputs = Float32Array.from({ length: ROWS * sizeOf(exact.inputShape) }, () =>
    sample.ids ? random.integer(5) : random.normal(),
  );
  const targets = Float64Array.from({ length: ROWS * sizeOf(exact.outputShape) }, () => random.normal());
  const rows: Rows = { count: ROWS, inputs, targets };
  const tensors = exact.tensors.map(({ key }) => [key, Float32Array.from(exact.read(key))] as const);
  for (const [key, values] of tensors) exact.write(key, values);
  const expected = new Map<string, NodeTrace>();
  const whole = exact.trace(rows, 0, (node) => expected.set(node.node, node));
  const plain = make({ backend: 'reference' });
  for (const [key, values] of tensors) plain.write(key, values);
  const gradients = plain.gradients(rows);
  expect([...whole.tensors]).toEqual([...gradients.tensors]);
  for (const kernels of [undefined, 'typescript'] as const) {
    const fast = make({ backend: 'fast', kernels, keepsNodes: true });
    for (const [key, values] of tensors) fast.write(key, values);
    const found = new Map<string, NodeTrace>();
    const { tensors: fastGradients } = fast.trace(rows, 0, (node) => found.set(node.node, node));
    for (const [id, { values, gradient }] of expected) {
      expect(distance(found.get(id)?.values, values), `${id} on ${kernels}`).toBeLessThanOrEqual(FLOAT32);
      expect(distance(found.get(id)?.gradient, gradient), `gradient at ${id} on ${kernels}`).toBeLessThanOrEqual(
        FLOAT32,
      );
    }
    for (const [key, gradient] of gradients.tensors)
      expect(distance(fastGradients.get(key), gradient), key).toBeLessThanOrEqual(FLOAT32);
  }
});
