/** The plots of a network's inside, in numbers and outlines. */
import { expect, test } from 'vitest';
import type { Distribution } from '../../../src-core/contract/insights.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { histogramPath, layerTable, zeroShare } from '../../../src-renderer/plots/distribution-view.ts';
import { fitScore, fitTable } from '../../../src-renderer/plots/fit-view.ts';
import { layerGradients } from '../../../src-renderer/plots/gradient-view.ts';
import { actualRates, plannedRates, rateTable } from '../../../src-renderer/plots/rate-lines.ts';

const distribution = (key: string, change: Partial<Distribution> = {}): Distribution => ({
  key,
  count: 4,
  min: -1,
  max: 3,
  mean: 1,
  std: 2,
  norm: 3,
  counts: Float64Array.of(1, 0, 2),
  ...change,
});

test('the highest cell of a histogram is as high as the picture, an empty one lies at the bottom', () => {
  expect(histogramPath([1, 0, 2], { width: 30, height: 10 })).toBe('M0 10V5H10V10H20V0H30V10Z');
  expect(histogramPath([0, 0], { width: 10, height: 10 })).toBe('M0 10V10H5V10H10V10Z');
});

test('zero has a place only between the lowest and the highest value', () => {
  expect([zeroShare(distribution('w')), zeroShare({ min: 1, max: 2 }), zeroShare({ min: 0, max: 0 })]).toEqual([
    0.25,
    null,
    null,
  ]);
});

test('the table of layers ends with their dead units', () => {
  const table = layerTable('Activations', [{ ...distribution('h1'), units: 8, deadUnits: 2 }]);
  expect(table.columns.slice(-2)).toEqual(['units', 'dead units']);
  expect(table.rows).toEqual([['h1', -1, 3, 1, 2, 3, 4, 8, 2]]);
});

test('the gradient of a layer is that of its tensors together, on a scale of powers of ten', () => {
  const layers = layerGradients([
    distribution('h1.weight', { norm: 3e-6, count: 3 }),
    distribution('h1.bias', { norm: 4e-6, count: 1 }),
    distribution('mid.weight', { norm: 0 }),
    distribution('out.weight', { norm: 5 }),
  ]);
  expect(layers.map(({ layer }) => layer)).toEqual(['h1', 'mid', 'out']);
  expect(layers.map(({ norm }) => norm)).toEqual([5e-6, 0, 5]);
  expect(layers[0]?.rms).toBeCloseTo(2.5e-6, 12);
  expect(layers.map(({ share }) => Number(share.toFixed(3)))).toEqual([0.04, 0, 1]);
});

test('a fit is scored on the held-out points alone: R² and error by hand', () => {
  const fit = {
    truth: Float32Array.of(1, 2, 3, 10),
    predicted: Float32Array.of(1, 2, 5, 0),
    validation: Uint8Array.of(1, 1, 1, 0),
  };
  const score = fitScore(fit, true);
  expect(score?.rows).toBe(3);
  expect(score?.rmse).toBeCloseTo(Math.sqrt(4 / 3), 12);
  expect(score?.r2).toBeCloseTo(1 - 4 / 2, 12);
  expect(fitScore({ ...fit, validation: new Uint8Array(4) }, true)).toBeNull();
  expect(fitTable(fit, 'y').rows[2]).toEqual([3, 5, 2, 'validation']);
});

test('the planned rate follows the schedule to the last epoch', () => {
  const { document } = twoSpirals;
  const halving = { type: 'step', step_size: 2, gamma: 0.5 };
  const training = { ...document.training, epochs: 4, schedule: halving };
  const { x, y } = plannedRates({ ...document, training });
  expect(Array.from(x)).toEqual([0, 1, 2, 3, 4]);
  expect(Array.from(y)).toEqual([0.02, 0.02, 0.01, 0.01, 0.01]);
});

test('the rate as it was stands on the epochs, and takes the place of the plan in the table', () => {
  const planned = plannedRates(twoSpirals.document);
  const actual = actualRates(Float64Array.of(4, 0.02, 8, 0.01), 8);
  expect(Array.from(actual.x)).toEqual([0.5, 1]);
  expect(rateTable(planned, actual).rows).toEqual([
    [0.5, 0.02],
    [1, 0.01],
  ]);
  expect(rateTable(planned, actualRates(new Float64Array(0), 8)).title).toBe('Learning rate as planned');
});
