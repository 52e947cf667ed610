/** Methods other than the gradient, against plain Python (test/reference/methods/make.py) and against the gradient itself. */
import { describe, expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';
import type { TrainerOptions } from '../../../src-core/trainer/define.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import reference from '../../reference/methods/methods.json' with { type: 'json' };

type Row = readonly [inputs: readonly number[], target: number];

function documentOf(rows: readonly Row[], task: string, units: number, training: object): ProjectDocument {
  return {
    format: 'netloom-project',
    version: 1,
    name: 'methods',
    graph: {
      nodes: [
        { id: 'in', type: 'input', params: { shape: [2] } },
        { id: 'out', type: 'dense', params: { units } },
        { id: 'y', type: 'output', params: {} },
      ],
      edges: [
        { from: 'in', to: 'out' },
        { from: 'out', to: 'y' },
      ],
    },
    data: { kind: 'inline', task, inputs: rows.map(([x]) => x), targets: rows.map(([, y]) => [y]) },
    training: { loss: 'hinge', optimizer: { type: 'sgd' }, shuffle: false, epochs: 50, ...training },
  };
}

async function run(document: ProjectDocument, more: Partial<TrainerOptions> = {}) {
  const data = await loadData(document.data, () => Promise.reject(new Error('no file')));
  const trainer = createTrainer({ document, data, backend: 'fast', ...more });
  const records = [];
  let reason: string | null = null;
  while (trainer.status === 'ready') {
    const slice = trainer.advance(7);
    reason = slice.reason;
    if (slice.record !== null) records.push(slice.record);
  }
  const weights = trainer.weights('last');
  return {
    trainer,
    records,
    reason,
    weight: [...(weights.get('out.weight') ?? [])],
    bias: [...(weights.get('out.bias') ?? [])],
  };
}

describe('perceptron', () => {
  const { binary, several } = reference;

  test('makes the mistakes and reaches the weights of the rule, and stops after a clean pass', async () => {
    const found = await run(documentOf(binary.rows as unknown as Row[], 'binary', 1, { method: 'perceptron' }));
    expect(found.records.map(({ mistakes }) => mistakes)).toEqual(binary.plain.mistakes);
    expect([found.weight, found.bias]).toEqual([binary.plain.weight, binary.plain.bias]);
    expect([found.trainer.status, found.reason]).toEqual(['done', 'a whole pass went by without a mistake']);
    expect(found.records.at(-1)?.['accuracy']).toBe(1);
  });

  test('averaged predicts with the mean of the weights after every visit', async () => {
    const found = await run(
      documentOf(binary.rows as unknown as Row[], 'binary', 1, { method: 'perceptron', averaged: true }),
    );
    // Sums of a few hundred float64 numbers in the same order.
    [...found.weight, ...found.bias].forEach((value, i) => {
      expect(value).toBeCloseTo([...binary.averaged.weight, ...binary.averaged.bias][i] ?? NaN, 12);
    });
  });

  test('with several units moves the wrong and the right class', async () => {
    const found = await run(
      documentOf(several.rows as unknown as Row[], 'multiclass', 3, { method: 'perceptron', epochs: 7 }),
    );
    expect(found.records.map(({ mistakes }) => mistakes)).toEqual(several.plain.mistakes);
    expect([found.weight, found.bias]).toEqual([several.plain.weight, several.plain.bias]);
  });

  test('goes on from a saved state as if it had never stopped', async () => {
    const document = documentOf(several.rows as unknown as Row[], 'multiclass', 3, {
      method: 'perceptron',
      averaged: true,
      epochs: 3,
    });
    const whole = await run(document);
    const data = await loadData(document.data, () => Promise.reject(new Error('no file')));
    const first = createTrainer({ document, data, backend: 'fast' });
    first.advance(50);
    const second = await run(document, { checkpoint: first.checkpoint() });
    expect([second.weight, second.bias, second.records]).toEqual([whole.weight, whole.bias, whole.records]);
  });
});

describe('hill climbing', () => {
  const { rows, result } = reference.hill;
  const training = { method: 'hill_climbing', step: 0.125, loss: 'mean_squared_error', epochs: 100 };
  const weights = new Map([
    ['out.bias', result.start.bias],
    ['out.weight', result.start.weight],
  ]);

  test('takes the best single change an epoch, and stops and says so when there is none', async () => {
    const found = await run(documentOf(rows as unknown as Row[], 'regression', 1, training), {
      weights: { values: weights, shapes: new Map() },
    });
    expect([found.weight, found.bias, found.records.length]).toEqual([
      result.weight,
      result.bias,
      result.losses.length,
    ]);
    found.records.forEach(({ loss }, i) => expect(loss).toBeCloseTo(result.losses[i] ?? NaN, 12));
    expect(found.reason).toBe('no change of a single weight by 0.125 lowers the loss any further');
  });

  test.each([
    ['mean', [0, 0]],
    ['sum', [0.125, 0]],
  ])('weighs penalties against the %s of the rows', async (reduction, expected) => {
    // From 0 to 0.125 the mean of (1 − w)² falls by 0.234, that of four rows together by 0.938; the penalty grows by 0.375.
    const ones = Array.from({ length: 4 }, (): Row => [[1, 0], 1]);
    const penalized = { ...training, reduction, regularization: { l1: 3 }, epochs: 1 };
    const start = new Map([['out.weight', [0, 0]]]);
    const document = documentOf(ones, 'regression', 1, penalized);
    const nodes = document.graph.nodes.map((node) =>
      node.id === 'out' ? { ...node, params: { ...node.params, use_bias: false } } : node,
    );
    const found = await run(
      { ...document, graph: { ...document.graph, nodes } },
      { weights: { values: start, shapes: new Map() } },
    );
    expect([found.weight, found.records[0]?.loss]).toEqual([expected, 1]);
  });
});

test('the numerical gradient trains like back-propagation, to the error of its differences', async () => {
  const { document } = twoSpirals; // tanh and sigmoid: smooth everywhere, unlike relu at its kink
  const small = { ...document, data: { ...document.data, samples: 60 } };
  const withMethod = (method: string) => ({
    ...small,
    training: { ...small.training, batch_size: 16, epochs: 2, method },
  });
  const numerical = await run(withMethod('numerical_gradient'));
  const gradient = await run(withMethod('gradient'), { backend: 'reference' });
  expect(numerical.records).toHaveLength(2);
  // Central differences with h = 1e-4 are off by h²·f‴/6, about 1e-8 a step.
  numerical.records.forEach((record, i) => expect(record.loss).toBeCloseTo(gradient.records[i]?.loss ?? NaN, 6));
});
