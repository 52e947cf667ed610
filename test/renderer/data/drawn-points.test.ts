/** Points drawn by hand as inline data. */
import { expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import {
  nearestPoint,
  otherClass,
  pointsOf,
  startDrawing,
  withPoints,
} from '../../../src-renderer/data/drawn-points.ts';

test('a first drawing can be trained on', async () => {
  const data = await loadData(startDrawing(), () => Promise.reject(new Error('there is no file')));
  expect([data.task, data.classes, data.training.count]).toEqual(['binary', ['1', '2'], 4]);
});

test('points survive being written and read, and a third class makes the task multiclass', () => {
  const points = [...(pointsOf(startDrawing()) ?? []), { x: 0.25, y: -1, label: '3' }];
  const data = withPoints({ kind: 'inline', seed: 4, validation: { fraction: 0.2 } }, points);
  expect(pointsOf(data)).toEqual(points);
  expect(data).toMatchObject({ task: 'multiclass', seed: 4, validation: { fraction: 0.2 } });
});

test.each([
  { kind: 'generator', name: 'xor' },
  { kind: 'inline', task: 'regression', inputs: [[1, 2]], targets: [[1]] },
  { kind: 'inline', task: 'binary', inputs: [[1, 2, 3]], targets: ['a'] },
  { kind: 'inline', task: 'binary', inputs: [[1, 2]], targets: ['a'], classes: ['a', 'b'] },
])('%j is no drawing', (data) => {
  expect(pointsOf(data)).toBe(null);
});

test('the nearest point is found only within reach', () => {
  const points = pointsOf(startDrawing()) ?? [];
  expect([nearestPoint(points, { x: 2.9, y: 3.1 }, 0.35), nearestPoint(points, { x: 0, y: 0 }, 0.35)]).toEqual([1, -1]);
});

test('the other button draws the other one of two classes, of more the one before', () => {
  expect(['1', '2', '3', '9'].map(otherClass)).toEqual(['2', '1', '2', '8']);
});
