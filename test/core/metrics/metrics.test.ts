/** Metrics against values counted from their definitions by test/reference/metrics/make.py, and at their edges. */
import { describe, expect, test } from 'vitest';
import { confusionMatrix, predictedClasses } from '../../../src-core/metrics/classes.ts';
import type { Scored } from '../../../src-core/metrics/define.ts';
import { betterWay, computeMetrics, historyMetrics, metricOf, metricsOf } from '../../../src-core/metrics/registry.ts';
import cases from '../../reference/metrics/metrics.json' with { type: 'json' };

interface Case {
  readonly task: string;
  readonly outputs: readonly (readonly number[])[];
  readonly truth?: readonly number[];
  readonly targets?: readonly (readonly number[])[];
  readonly confusion?: readonly (readonly number[])[];
  readonly metrics: Readonly<Record<string, number | undefined>>;
}

function scoredOf({ task, outputs, truth, targets }: Case): Scored {
  const width = outputs[0]?.length ?? 0;
  const oneHot = (label: number) =>
    task === 'binary' ? [label] : Array.from({ length: width }, (_, i) => Number(i === label));
  return {
    task: task as Scored['task'],
    count: outputs.length,
    width,
    outputs: Float64Array.from(outputs.flat()),
    targets: Float64Array.from((targets ?? truth?.map(oneHot) ?? []).flat()),
    threshold: 0.5,
  };
}
const binary = (outputs: number[], targets: number[], threshold = 0.5): Scored => ({
  task: 'binary',
  count: outputs.length,
  width: 1,
  outputs: Float64Array.from(outputs),
  targets: Float64Array.from(targets),
  threshold,
});

describe.each(cases.map((entry: Case, i) => [`case ${i + 1}, ${entry.task}`, entry] as const))('%s', (_, entry) => {
  const scored = scoredOf(entry);

  test('every metric of the task has the value of its definition', () => {
    const found = computeMetrics(scored, metricsOf(scored.task));
    expect(Object.keys(found).sort()).toEqual(Object.keys(entry.metrics).sort());
    // Sums of at most 60 numbers of order 1, in another order: 60 roundings of 1e-16.
    for (const [name, value] of Object.entries(entry.metrics)) expect(found[name], name).toBeCloseTo(value ?? NaN, 12);
  });

  test('the confusion matrix counts true classes in rows, predicted ones in columns', () => {
    if (entry.confusion === undefined) return;
    expect([...confusionMatrix(scored)]).toEqual(entry.confusion.flat());
  });
});

test('a binary output at the threshold is the second class; ties of several go to the first', () => {
  expect([...predictedClasses(binary([0.5, 0.49999], [0, 0]))]).toEqual([1, 0]);
  expect([...predictedClasses(binary([0, -1e-9], [0, 0], 0))]).toEqual([1, 0]);
  const tie = {
    task: 'multiclass',
    count: 1,
    width: 3,
    outputs: Float64Array.of(0.2, 0.4, 0.4),
    threshold: 0.5,
  } as const;
  expect([...predictedClasses(tie)]).toEqual([1]);
});

test('rates without any row to count are 0, and a class without its opposite has no say in the AUC', () => {
  const scored = binary([0.1, 0.2], [0, 0]);
  expect(computeMetrics(scored, ['precision', 'recall', 'f1', 'auc', 'accuracy'])).toEqual({
    precision: 0,
    recall: 0,
    f1: 0,
    auc: 0.5,
    accuracy: 1,
  });
});

test('R² of a target that never changes is 1 when met exactly, else 0', () => {
  const regression = (outputs: number[]): Scored => ({ ...binary(outputs, [2, 2]), task: 'regression' });
  expect([metricOf('r2')?.compute(regression([2, 2])), metricOf('r2')?.compute(regression([2, 3]))]).toEqual([1, 0]);
});

test('names of a history say which way is better', () => {
  const ways = ['val_accuracy', 'r2', 'loss', 'val_loss', 'val_mae', 'penalty'].map(betterWay);
  expect(ways).toEqual(['higher', 'higher', 'lower', 'lower', 'lower', 'lower']);
  expect([historyMetrics('binary'), historyMetrics('regression')]).toEqual([['accuracy'], ['mae', 'rmse', 'r2']]);
});
