/** The form for one row and its answers. */
import { expect, test } from 'vitest';
import type { DataPreview } from '../../../src-core/contract/records.ts';
import { answerOf, answerTable, inputFields, outputNames } from '../../../src-renderer/plots/predict-form.ts';

const preview: DataPreview = {
  task: 'multiclass',
  inputNames: ['size', 'colour'],
  fedNames: ['size', 'colour=green', 'colour=red'],
  targetNames: ['species'],
  classes: ['a', 'b', 'c'],
  rowCount: 3,
  trainingCount: 3,
  validationCount: 0,
  classCounts: [1, 1, 1],
  rows: [],
  points: {
    inputs: Float32Array.of(1, 0, 9, 1, 4, 1),
    targets: Float32Array.of(0, 1, 2),
    validation: new Uint8Array(3),
  },
};

test('numbers start in the middle of their column, categories offer their labels', () => {
  expect(inputFields(preview)).toEqual([
    { name: 'size', labels: null, start: 4, min: 1, max: 9 },
    { name: 'colour', labels: ['green', 'red'], start: 1, min: 0, max: 1 },
  ]);
});

test('features derived from a column do not make it a category', () => {
  const derived = { ...preview, inputNames: ['x1', 'x2'], fedNames: ['x1^2', 'x2'] };
  expect(inputFields(derived).map(({ labels }) => labels)).toEqual([null, null]);
});

test('answers stand in a table with the words a person used', () => {
  const prediction = { outputs: [[0.25, 0.5, 0.25]], classes: ['b'], epoch: 12, step: 96 };
  const answer = answerOf(prediction, { id: 1, runId: 'r', inputs: [4, 1], which: 'last', epoch: 12 });
  expect(answerTable([answer], inputFields(preview), outputNames(preview, 3))).toEqual({
    title: 'Predictions',
    columns: ['size', 'colour', 'output a', 'output b', 'output c', 'class', 'weights', 'epoch'],
    rows: [[4, 'red', 0.25, 0.5, 0.25, 'b', 'last', 12]],
  });
});

test('two classes have one output, which leans toward the second', () => {
  expect(outputNames({ ...preview, task: 'binary', classes: ['no', 'yes'] }, 1)).toEqual(['yes']);
});
