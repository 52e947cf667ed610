/** Losses, gradients and short trainings against PyTorch's numbers (test/reference/pytorch/make.py). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Graph, TrainingSpec } from '../../../src-core/graph/model.ts';
import { createNetwork } from '../../../src-core/runtime/network.ts';
import type { Network, NetworkOptions, Rows } from '../../../src-core/runtime/define.ts';

type Tensors = Readonly<Record<string, readonly number[]>>;
interface Case {
  readonly name: string;
  readonly graph: Graph;
  readonly training: TrainingSpec & { readonly batch_size: number };
  readonly rows: number;
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
  readonly weights: readonly number[];
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly start: Tensors;
  readonly first: { readonly loss: number; readonly gradients: Tensors };
  readonly losses: readonly number[];
  readonly end: Tensors;
  readonly outputs: readonly number[];
  readonly evaluation_loss: number;
  readonly penalty: number;
}

const path = new URL('../../reference/pytorch/cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(path, 'utf8')) as readonly Case[];

/**
 * The fast backend keeps the project's promise; the reference computes in float64 as PyTorch did here, so only the order
 * of sums differs.
 */
const backends = [
  { title: 'reference', backend: 'reference', kernels: undefined, first: 1e-10, trained: 1e-8 },
  { title: 'fast', backend: 'fast', kernels: undefined, first: 1e-5, trained: 2e-4 },
  { title: 'fast without WebAssembly', backend: 'fast', kernels: 'typescript', first: 1e-5, trained: 2e-4 },
] as const;
type Options = Pick<NetworkOptions, 'backend' | 'kernels'>;

function networkOf({ graph, training, start }: Case, { backend, kernels }: Options): Network {
  const network = createNetwork({ graph, training, backend, kernels, batchSize: training.batch_size, noise: false });
  for (const [key, numbers] of Object.entries(start)) network.write(key, numbers);
  return network;
}

function rowsOf({ rows, inputs, targets, weights }: Case, count = rows): Rows {
  const part = (numbers: readonly number[]) => Float64Array.from(numbers.slice(0, (numbers.length / rows) * count));
  return { count, inputs: part(inputs), targets: part(targets), weights: part(weights) };
}

/** Largest |Δ| / max(1, |expected|). */
function distance(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs((found[i] ?? NaN) - (expected[i] ?? NaN)) / Math.max(1, Math.abs(expected[i] ?? 0));
    worst = gap <= worst ? worst : gap;
  }
  return worst;
}

function trainEpochs(network: Network, { rows, losses, training }: Case): number[] {
  const order = Uint32Array.from({ length: rows }, (_, i) => i);
  const steps = Math.ceil(rows / training.batch_size);
  const learningRate = training.optimizer['learning_rate'];
  return losses.map((_, epoch) => {
    const rate = typeof learningRate === 'number' ? learningRate : 0.001; // Adam's default; the others name theirs
    const request = { order, from: 0, steps, stepsBefore: epoch * steps, learningRate: rate };
    const result = network.train(request);
    return result.lossTimesRows / result.rows;
  });
}

describe.each(backends)('$title backend', ({ first, trained, ...options }) => {
  test.each(cases)('$name: first loss and gradients', (one) => {
    const { loss, tensors } = networkOf(one, options).gradients(rowsOf(one, one.training.batch_size));
    const expected = one.first.gradients;
    const gaps = Object.fromEntries(
      Object.entries(expected).map(([key, numbers]) => [key, distance(tensors.get(key) ?? [], numbers)]),
    );
    expect([...tensors.keys()].sort()).toEqual(Object.keys(expected).sort());
    expect(
      Math.max(distance([loss], [one.first.loss]), ...Object.values(gaps)),
      JSON.stringify(gaps),
    ).toBeLessThanOrEqual(first);
  });

  test.each(cases)('$name: losses, tensors and outputs after training', (one) => {
    const network = networkOf(one, options);
    network.bind(rowsOf(one));
    const losses = trainEpochs(network, one);
    const { loss, outputs } = network.evaluate(rowsOf(one));
    const gaps = {
      losses: distance(losses, one.losses),
      ...Object.fromEntries(
        Object.entries(one.end).map(([key, numbers]) => [key, distance(network.read(key), numbers)]),
      ),
      outputs: distance(outputs, one.outputs),
      loss: distance([loss], [one.evaluation_loss]),
      penalty: distance([network.penalty()], [one.penalty]),
    };
    expect(Math.max(...Object.values(gaps)), JSON.stringify(gaps)).toBeLessThanOrEqual(trained);
  });
});

test('tensors have the shapes of a state_dict', () => {
  for (const one of cases) {
    const shapes = Object.fromEntries(
      networkOf(one, { backend: 'reference' }).tensors.map(({ key, shape }) => [key, shape]),
    );
    expect(shapes, one.name).toEqual(one.shapes);
  }
});
