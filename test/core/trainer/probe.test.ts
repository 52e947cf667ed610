/** Looks into a network: right in numbers, and without any effect on the run that is looked into. */
import { expect, onTestFinished, test } from 'vitest';
import type { InsightKind } from '../../../src-core/contract/insights.ts';
import { loadData } from '../../../src-core/datasets/load.ts';
import type { Graph, ProjectDocument } from '../../../src-core/graph/model.ts';
import { finish } from '../../../src-core/lib/turns.ts';
import { sourceOf } from '../../../src-core/runtime/arrays.ts';
import { embeddingClassifier } from '../../../src-core/templates/embedding-classifier.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { distributionTurns, HISTOGRAM_CELLS } from '../../../src-core/trainer/distribution.ts';
import { Probe } from '../../../src-core/trainer/probe.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';

const noFile = (): Promise<never> => Promise.reject(new Error('no file'));
const ALL: readonly InsightKind[] = ['weights', 'gradients', 'activations', 'fit'];

function chain(...inner: readonly (readonly [string, string, object])[]): Graph {
  const nodes = [['in', 'input', { shape: [2] }] as const, ...inner, ['y', 'output', {}] as const];
  return {
    nodes: nodes.map(([id, type, params]) => ({ id, type, params: { ...params } })),
    edges: nodes.slice(1).map(([id], i) => ({ from: nodes[i]?.[0] ?? '', to: id })),
  };
}

/** Everything that an evaluation in training mode could disturb: running statistics and random masks. */
const NOISY: ProjectDocument = {
  ...twoSpirals.document,
  graph: chain(
    ['h1', 'dense', { units: 6, activation: 'relu' }],
    ['norm', 'batch_norm', {}],
    ['drop', 'dropout', { rate: 0.2 }],
    ['out', 'dense', { units: 1, activation: 'sigmoid' }],
  ),
  data: { ...twoSpirals.document.data, samples: 120 },
  training: { ...twoSpirals.document.training, epochs: 4, batch_size: 16 },
};

/** One linear unit over x1 and x2, learning their plane. */
const PLANE: ProjectDocument = {
  ...twoSpirals.document,
  graph: chain(['out', 'dense', { units: 1 }]),
  data: { kind: 'generator', name: 'plane', samples: 60, noise: 0, seed: 3, validation: { fraction: 0.25 } },
  training: { loss: 'mean_squared_error', optimizer: { type: 'sgd', learning_rate: 0.1 }, epochs: 1, seed: 1 },
};

const takeWeights = (probe: Probe, weights: ReadonlyMap<string, readonly number[]>): void =>
  finish(probe.take(sourceOf(weights)));

async function probeOf(document: ProjectDocument) {
  const data = await loadData(document.data, noFile);
  const probe = new Probe(document, data);
  onTestFinished(() => probe.dispose());
  return { probe, data };
}

const distributionOf = (key: string, values: readonly number[]) =>
  finish(
    distributionTurns(key, function* (visit) {
      visit(values);
      yield;
    }),
  );

test('a distribution has the mean, spread, length and counts of its values', () => {
  const { counts, ...rest } = distributionOf('w', [1, 2, 3, 4, NaN]);
  expect(rest).toEqual({ key: 'w', count: 5, min: 1, max: 4, mean: 2.5, std: Math.sqrt(1.25), norm: Math.sqrt(30) });
  expect([...counts.entries()].filter(([, count]) => count > 0)).toEqual([
    [0, 1],
    [13, 1],
    [26, 1],
    [HISTOGRAM_CELLS - 1, 1],
  ]);
});

test('values that are all the same, or none at all, have a distribution too', () => {
  expect(distributionOf('b', [2, 2])).toMatchObject({ min: 2, max: 2, std: 0 });
  expect(distributionOf('b', [2, 2]).counts[0]).toBe(2);
  expect(distributionOf('b', [NaN])).toMatchObject({ count: 1, min: 0, max: 0, norm: 0 });
});

test('looking into a network changes nothing about its training', async () => {
  const { probe, data } = await probeOf(NOISY);
  const [watched, alone] = [0, 1].map(() => createTrainer({ document: NOISY, data, backend: 'fast' }));
  if (!watched || !alone) throw new Error('two trainers');
  onTestFinished(() => [watched, alone].forEach((trainer) => trainer.dispose()));
  while (watched.status === 'ready') {
    watched.advance(1);
    finish(probe.take(watched.weightSource()));
    finish(probe.insights(ALL, watched.step));
    finish(probe.boundary({ resolution: 4, x: 0, y: 1 }));
    alone.advance(1);
  }
  expect(watched.weights('last')).toEqual(alone.weights('last'));
});

test('a boundary over words asks about words that there are', async () => {
  const { probe, data } = await probeOf(embeddingClassifier.document);
  const trainer = createTrainer({ document: embeddingClassifier.document, data, backend: 'fast' });
  onTestFinished(() => trainer.dispose());
  const view = { resolution: 100, x: 0, y: 2 };
  finish(probe.take(trainer.weightSource()));
  for (const { values, outputCount } of [finish(probe.boundary(view)), finish(trainer.boundary(view))]) {
    const cells = Array.from({ length: 100 * 100 }, (_, cell) =>
      values.slice(cell * outputCount, (cell + 1) * outputCount),
    );
    expect(cells.every((cell) => Math.abs(cell.reduce((sum, share) => sum + share, 0) - 1) < 1e-5)).toBe(true);
    // No more answers than pairs of words: 13 at most stand in each place.
    const answers = new Set(cells.map((cell) => cell.join(' '))).size;
    expect(answers).toBeGreaterThan(10);
    expect(answers).toBeLessThanOrEqual(13 * 13);
  }
});

test('a look shows the same however often it is taken', async () => {
  const { probe } = await probeOf(NOISY);
  const trainer = createTrainer({ document: NOISY, data: await loadData(NOISY.data, noFile), backend: 'fast' });
  onTestFinished(() => trainer.dispose());
  trainer.advance(5);
  finish(probe.take(trainer.weightSource()));
  const view = { resolution: 4, x: 0, y: 1 };
  const [boundary, first] = [finish(probe.boundary(view)), finish(probe.insights(ALL, 5))];
  expect(finish(probe.insights(ALL, 5))).toEqual(first);
  expect(finish(probe.boundary(view))).toEqual(boundary);
});

test('gradients are those of the mean loss: for one linear unit 2·mean((ŷ − y)·x)', async () => {
  const { probe, data } = await probeOf(PLANE);
  takeWeights(
    probe,
    new Map([
      ['out.weight', [0, 0]],
      ['out.bias', [0]],
    ]),
  );
  const { inputs, targets, count } = data.training;
  const mean = (of: (row: number) => number): number =>
    Array.from({ length: count }, (_, row) => of(row)).reduce((sum, value) => sum + value, 0) / count;
  const slope = (column: number): number =>
    -2 * mean((row) => (targets[row] as number) * (inputs[row * 2 + column] as number));
  const { gradients } = finish(probe.insights(['gradients'], 0));
  expect(gradients?.map(({ key }) => key)).toEqual(['out.weight', 'out.bias']);
  // float32 arithmetic over 45 rows: relative error about 1e-6
  expect(gradients?.[0]?.norm).toBeCloseTo(Math.hypot(slope(0), slope(1)), 5);
  expect(gradients?.[1]?.norm).toBeCloseTo(Math.abs(2 * mean((row) => targets[row] as number)), 5);
});

test('units that always answer the same are counted as dead', async () => {
  const graph = chain(
    ['h1', 'dense', { units: 3, activation: 'relu' }],
    ['out', 'dense', { units: 1, activation: 'sigmoid' }],
  );
  const { probe } = await probeOf({ ...twoSpirals.document, graph });
  takeWeights(
    probe,
    new Map([
      ['h1.weight', [1, 0, 0, 1, 0.001, 0.001]],
      ['h1.bias', [0, 0, -100]],
      ['out.weight', [1, 1, 1]],
      ['out.bias', [0]],
    ]),
  );
  const { activations } = finish(probe.insights(['activations'], 0));
  expect(activations?.map(({ key, units, deadUnits }) => [key, units, deadUnits])).toEqual([
    ['h1', 3, 1],
    ['out', 1, 0],
  ]);
  expect(activations?.[0]?.min).toBe(0);
});

test('predictions stand beside the truth in the units of the data', async () => {
  const document = { ...PLANE, data: { ...PLANE.data, standardize_target: true } };
  const { probe, data } = await probeOf(document);
  takeWeights(
    probe,
    new Map([
      ['out.weight', [0, 0]],
      ['out.bias', [0]],
    ]),
  );
  const { fit } = finish(probe.insights(['fit'], 0));
  const rows = [...data.training.indices, ...(data.validation?.indices ?? [])];
  const truth = Float32Array.from(rows, (row) => data.rawTargets[row] as number);
  fit?.truth.forEach((value, i) => expect(value).toBeCloseTo(truth[i] as number, 5));
  expect(fit?.validation.reduce((sum, flag) => sum + flag, 0)).toBe(data.validation?.count);
  expect(new Set(fit?.predicted).size).toBe(1);
});

test('what does not apply is null', async () => {
  const { probe } = await probeOf(twoSpirals.document);
  const trainer = createTrainer({
    document: twoSpirals.document,
    data: await loadData(twoSpirals.document.data, noFile),
    backend: 'fast',
  });
  onTestFinished(() => trainer.dispose());
  finish(probe.take(trainer.weightSource()));
  expect(finish(probe.insights(['fit'], 0))).toEqual({
    step: 0,
    weights: null,
    gradients: null,
    activations: null,
    fit: null,
  });
});
