/** What the boundary plot and the confusion matrix show. */
import { expect, test } from 'vitest';
import type { DataPreview } from '../../../src-core/contract/records.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import {
  boundaryFrame,
  diagonalCurve,
  fittingGrid,
  haveSameInputs,
  pointTable,
  readingOf,
  spanTeller,
} from '../../../src-renderer/plots/boundary-view.ts';
import { confusionPicture, confusionTable } from '../../../src-renderer/plots/confusion-view.ts';
import { fileName } from '../../../src-renderer/plots/keep-plot.ts';
import { areStepsSeen, LossLines } from '../../../src-renderer/plots/loss-lines.ts';
import { NO_PAST } from '../../../src-renderer/plots/run-columns.ts';

const { document } = twoSpirals;
const preview: DataPreview = {
  task: 'binary',
  inputNames: ['x1', 'x2'],
  fedNames: ['x1', 'x2'],
  targetNames: ['label'],
  classes: ['no', 'yes'],
  rowCount: 2,
  trainingCount: 1,
  validationCount: 1,
  testCount: 0,
  classCounts: [1, 1],
  partCounts: [[1, 1]],
  rows: [],
  fed: { columns: [], rows: new Float32Array(0), parts: new Uint8Array(0) },
  points: {
    inputs: Float32Array.of(-1, -1, 1, 1),
    targets: Float32Array.of(0, 1),
    validation: Uint8Array.of(0, 1),
  },
};
const grid = {
  resolution: 2,
  x: 0,
  y: 1,
  xRange: [-2, 2] as const,
  yRange: [-2, 2] as const,
  outputCount: 1,
  values: Float32Array.of(0.125, 0.25, 0.5, 1),
};

test('two classes turn at one half, under hinge at zero', () => {
  const hinge = { ...document, training: { ...document.training, loss: 'hinge' } };
  expect(readingOf(preview, document)).toEqual({ kind: 'binary', low: 0, high: 1 });
  expect(readingOf(preview, hinge)).toEqual({ kind: 'binary', low: -1, high: 1 });
  expect(readingOf({ ...preview, task: 'regression' }, document)).toEqual({ kind: 'regression', low: 0, high: 1 });
});

test('a grid of another kind of network is not shown', () => {
  const three = { ...preview, task: 'multiclass', classes: ['a', 'b', 'c'] } as const;
  expect([fittingGrid(preview, grid), fittingGrid(three, grid)]).toEqual([grid, null]);
});

test('a grid stands under other points of the same kind, not under other inputs', () => {
  const spiral = { kind: 'generator', name: 'spiral', noise: 0.1, seed: 7 };
  const noisier = { noise: 0.5, name: 'spiral', kind: 'generator', validation: { fraction: 0.2 } };
  expect([haveSameInputs(spiral, noisier), haveSameInputs(spiral, { ...spiral, name: 'sine' })]).toEqual([true, false]);
});

test('the table has each point with its part and what the network says in its cell', () => {
  expect(pointTable(preview, grid, { x: 0, y: 1 })).toEqual({
    title: 'Data points',
    columns: ['x1', 'x2', 'label', 'part', 'output nearby'],
    rows: [
      [-1, -1, 'no', 'training', 0.125],
      [1, 1, 'yes', 'validation', 1],
    ],
  });
});

test('over a single input the diagonal is the curve, at the middles of the cells', () => {
  expect(diagonalCurve(grid)).toEqual([
    { x: -1, y: 0.125 },
    { x: 1, y: 1 },
  ]);
});

const palette = {
  surface: [255, 255, 255],
  text: [0, 0, 0],
  mutedText: [90, 90, 90],
  gridLine: [200, 200, 200],
  accent: [0, 0, 200],
  warning: [200, 100, 0],
  danger: [200, 0, 0],
  neutral: [230, 230, 230],
  train: [0, 0, 200],
  validation: [200, 100, 0],
  classes: [
    [8, 119, 189],
    [245, 147, 34],
  ],
  font: 'sans-serif',
  monoFont: 'monospace',
} as const;

test('rows of the confusion matrix are true classes, with shares of the row', () => {
  const picture = confusionPicture(Float64Array.of(8, 2, 5, 15), ['cat', 'dog'], palette);
  expect(picture && [picture.total, picture.accuracy, confusionTable(picture).rows]).toEqual([
    30,
    23 / 30,
    [
      ['cat', 8, 2, '80.0 %'],
      ['dog', 5, 15, '75.0 %'],
    ],
  ]);
});

test('a matrix of other data than the classes at hand is not shown', () => {
  expect(confusionPicture(Float64Array.of(1, 2, 3, 4), ['a', 'b', 'c'], palette)).toBeNull();
});

test('file names are plain on every system', () => {
  expect(fileName('Zwei Spiralen: Übung/1', 'Loss', 'png')).toBe('zwei-spiralen-u-bung-1-loss.png');
  expect(fileName('漢字', 'Loss', 'csv')).toBe('loss.csv');
});

const options = { smoothing: 0, buckets: 100 };
const record = (epoch: number, loss: number, validationLoss: number) => ({
  epoch,
  step: epoch * 4,
  loss,
  val_loss: validationLoss,
});

test('the best epoch is marked by its held-out loss, and readouts are exact whatever the smoothing', () => {
  const lines = new LossLines();
  const records = [record(1, 1, 0.9), record(2, 0.5, 0.6), record(3, 0.25, 0.7)];
  const curves = { records, past: NO_PAST, last: records[2] ?? null, best: records[1] ?? null };
  const source = { curves, stepLosses: new Float64Array(0), stepsPerEpoch: 4, showsSteps: false };
  const picture = lines.picture(source, { ...options, smoothing: 0.9 });
  expect(picture.best).toEqual({ epoch: 2, value: 0.6 });
  expect(lines.readout(1.9)).toEqual({ epoch: 2, loss: 0.5, validationLoss: 0.6 });
  expect(lines.readout(null)).toEqual({ epoch: 3, loss: 0.25, validationLoss: 0.7 });
});

test('steps since the last finished epoch are drawn on the epoch axis while stepping', () => {
  const lines = new LossLines();
  const records = [record(1, 1, 1), record(2, 1, 1)];
  const stepLosses = Float64Array.of(7, 0.4, 8, 0.4, 9, 0.3, 10, 0.2);
  const curves = { records, past: NO_PAST, last: records[1] ?? null, best: records[0] ?? null };
  const source = { curves, stepLosses, stepsPerEpoch: 4, showsSteps: true };
  const picture = lines.picture(source, options);
  expect(picture.lines.find(({ role }) => role === 'steps')?.points).toEqual([
    { x: 2.25, y: 0.3 },
    { x: 2.5, y: 0.2 },
  ]);
  expect(picture.xMax).toBe(2.5);
  expect(lines.picture({ ...source, showsSteps: false }, options).lines.map(({ role }) => role)).toEqual([
    'train',
    'validation',
  ]);
});

test('a new grid over the same inputs leaves axes and points as they are', () => {
  const spanOf = spanTeller();
  const span = spanOf(grid);
  expect(spanOf({ ...grid, xRange: [-2, 2] })).toBe(span);
  expect(spanOf({ ...grid, xRange: [-2, 3] })).toMatchObject({ xRange: [-2, 3] });
  expect(spanOf(null)).toBeNull();
});

test('axes and points lie over what the grid spans; over a single input the values keep their own range', () => {
  const source = { preview, x: 0, y: 1, palette, width: 300, height: 200, span: grid, curve: null };
  const one = { ...preview, inputNames: ['x1'], points: { ...preview.points, inputs: Float32Array.of(-1, 1) } };
  const frame = boundaryFrame(source);
  expect([frame.xRange, frame.yRange, frame.look.yRange]).toEqual([grid.xRange, grid.yRange, grid.yRange]);
  const line = boundaryFrame({ ...source, preview: one, y: 0 });
  expect([line.xRange, line.yRange, line.look.yRange]).toEqual([grid.xRange, [-0.08, 1.08], [-0.08, 1.08]]);
});

test('steps are drawn of first and of long epochs, and while stepping by hand', () => {
  const last = record(9, 1, 1);
  const seen = [areStepsSeen(null, 4, false), areStepsSeen(last, 4, false), areStepsSeen(last, 100, false)];
  expect([...seen, areStepsSeen(last, 4, true)]).toEqual([true, false, true, true]);
});
