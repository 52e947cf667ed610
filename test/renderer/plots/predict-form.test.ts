/** The form for one row and its answers. */
import { expect, test } from 'vitest';
import type { DataPreview } from '../../../src-core/contract/records.ts';
import {
  answerOf,
  answerTable,
  fileTable,
  inputFields,
  outputNames,
  verdictOf,
} from '../../../src-renderer/plots/predict-form.ts';

const preview: DataPreview = {
  task: 'multiclass',
  inputNames: ['size', 'colour'],
  fedNames: ['size', 'colour=green', 'colour=red'],
  targetNames: ['species'],
  classes: ['a', 'b', 'c'],
  rowCount: 3,
  trainingCount: 3,
  validationCount: 0,
  testCount: 0,
  classCounts: [1, 1, 1],
  partCounts: [[1, 1, 1]],
  rows: [],
  fed: { columns: [], rows: new Float32Array(0), parts: new Uint8Array(0) },
  points: {
    inputs: Float32Array.of(1, 0, 9, 1, 4, 1),
    targets: Float32Array.of(0, 1, 2),
    validation: new Uint8Array(3),
  },
};

test('numbers start in the middle of their column, categories offer their labels', () => {
  expect(inputFields(preview)).toEqual([
    { name: 'size', labels: null, start: 4, min: 1, max: 9, step: 1 },
    { name: 'colour', labels: ['green', 'red'], start: 1, min: 0, max: 1, step: 1 },
  ]);
});

test('features derived from a column do not make it a category', () => {
  const derived = { ...preview, inputNames: ['x1', 'x2'], fedNames: ['x1^2', 'x2'] };
  expect(inputFields(derived).map(({ labels }) => labels)).toEqual([null, null]);
});

test('answers stand in a table with the words a person used', () => {
  const prediction = { outputs: [[0.25, 0.5, 0.25]], classes: ['b'], epoch: 12, step: 96 };
  const question = { runId: 'r', row: [4, 'red'], which: 'last', moment: 'done 96' } as const;
  const answer = answerOf({ question, prediction });
  expect(answerTable([answer], inputFields(preview), outputNames(preview, 3))).toEqual({
    title: 'Predictions',
    columns: ['size', 'colour', 'output a', 'output b', 'output c', 'class', 'weights', 'epoch'],
    rows: [[4, 'red', 0.25, 0.5, 0.25, 'b', 'last', 12]],
  });
});

test('a column with fractions has a slider of two hundred places', () => {
  const inputs = Float32Array.of(0.5, 0, 2.5, 1, 1, 1);
  const [size] = inputFields({ ...preview, points: { ...preview.points, inputs } });
  expect(size).toMatchObject({ min: 0.5, max: 2.5, step: 0.01 });
});

test('the first rows of a file stand with their answers, as the engine wrote them', () => {
  const predictions = {
    columns: ['size', 'colour', 'output yes', 'class'],
    head: [
      [4, 'red', 0.25, 'no'],
      [5, 'green', 0.75, 'yes'],
    ],
    rowCount: 7000,
    parts: 1,
    epoch: 3,
    step: 24,
  };
  expect(fileTable(predictions, 'Predictions for a.csv')).toEqual({
    title: 'Predictions for a.csv',
    columns: ['size', 'colour', 'output yes', 'class'],
    rows: [
      [4, 'red', 0.25, 'no'],
      [5, 'green', 0.75, 'yes'],
    ],
  });
});

test('two classes have one output, which leans toward the second', () => {
  expect(outputNames({ ...preview, task: 'binary', classes: ['no', 'yes'] }, 1)).toEqual(['yes']);
});

test('an answer is said in a line: the class with what speaks for it, or the number', () => {
  expect(verdictOf({ label: 'red', outputs: [0.0125, 0.975, 0.0125] }, ['blue', 'red', 'green'])).toBe(
    'Class red: 0.975',
  );
  expect(verdictOf({ label: 'no', outputs: [0.1] }, ['yes'])).toBe('Class no, toward yes 0.1');
  expect(verdictOf({ label: null, outputs: [3.2, -1] }, ['price', 'size'])).toBe('price 3.2, size −1');
});
