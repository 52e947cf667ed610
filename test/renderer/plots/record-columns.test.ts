/** The history of a run as columns. */
import { expect, test } from 'vitest';
import { baseMetrics, LineBuffers, metricLabel } from '../../../src-renderer/plots/curve-lines.ts';
import { nearestIndex, RecordColumns } from '../../../src-renderer/plots/record-columns.ts';

const record = (epoch: number, loss: number, extra: Record<string, number> = {}) => ({
  epoch,
  step: epoch * 8,
  loss,
  ...extra,
});
const values = (columns: RecordColumns, metric: string): number[] => {
  const { y, length } = columns.curve(metric);
  return Array.from({ length }, (_, i) => y[i] ?? NaN);
};

test('records are taken in as they come, and a metric that comes late was missing before', () => {
  const columns = new RecordColumns();
  const records = [record(1, 0.9)];
  columns.sync(records);
  columns.sync([...records, record(2, 0.8, { val_loss: 0.85 })]);
  expect([values(columns, 'loss'), values(columns, 'val_loss')]).toEqual([
    [0.9, 0.8],
    [NaN, 0.85],
  ]);
});

test('the records of another run start afresh', () => {
  const columns = new RecordColumns();
  columns.sync([record(1, 1, { accuracy: 0.5 }), record(2, 2)]);
  columns.sync([record(1, 3), record(2, 4), record(3, 5)]);
  expect([values(columns, 'loss'), columns.metrics]).toEqual([[3, 4, 5], ['loss']]);
});

test('columns grow beyond their first room', () => {
  const columns = new RecordColumns();
  const records = Array.from({ length: 1000 }, (_, i) => record(i + 1, i));
  columns.sync(records);
  expect(values(columns, 'loss')).toEqual(records.map((r) => r.loss));
});

test('the epoch under the pointer is the nearest one', () => {
  const curve = { x: [1, 2, 5, 9], y: [0, 0, 0, 0], length: 4 };
  expect([-3, 1.4, 1.6, 3.6, 8, 100].map((x) => nearestIndex(curve, x))).toEqual([0, 0, 1, 2, 3, 3]);
  expect(nearestIndex({ x: [], y: [], length: 0 }, 1)).toBe(-1);
});

test('metric names are written for people', () => {
  expect(['val_loss', 'accuracy', 'val_r2', 'top_k'].map(metricLabel)).toEqual(['Loss', 'Accuracy', 'R²', 'Top k']);
  expect(baseMetrics(['loss', 'val_loss', 'accuracy', 'val_accuracy', 'penalty'])).toEqual(['accuracy', 'penalty']);
});

test('smoothing changes what is drawn and leaves the record alone', () => {
  const y = [0, 10];
  const line = new LineBuffers().line(
    { id: 'a', label: 'a', role: 'train', curve: { x: [1, 2], y, length: 2 } },
    { smoothing: 0.5, buckets: 100 },
  );
  expect(line.points.map((point) => point.y)).toEqual([0, 10 / 1.5]);
  expect(y).toEqual([0, 10]);
});
