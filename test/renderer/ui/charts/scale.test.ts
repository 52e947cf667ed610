/** Axis arithmetic of the plots. */
import { expect, test } from 'vitest';
import { columnRange, formatNumber, linearScale, padRange, ticks } from '../../../../src-renderer/ui/charts/scale.ts';

test('ticks are round numbers inside the range', () => {
  expect(ticks([-6.2, 6.2])).toEqual([-5, -2.5, 0, 2.5, 5]);
  expect(ticks([0, 1])).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks([0.0301, 0.0304], 3)).toEqual([0.0301, 0.0302, 0.0303, 0.0304]);
});

test('an empty or broken range has no ticks', () => {
  expect([ticks([1, 1]), ticks([NaN, 1]), ticks([0, Infinity])]).toEqual([[], [], []]);
});

test('a scale turns ends into pixels, and a range without width into the middle', () => {
  const y = linearScale([0, 10], [100, 0]);
  expect([y(0), y(5), y(10)]).toEqual([100, 50, 0]);
  expect(linearScale([3, 3], [0, 100])(3)).toBe(50);
});

test('padding widens both ends and gives a single value room', () => {
  expect(padRange([0, 10], 0.1)).toEqual([-1, 11]);
  expect(padRange([4, 4], 0.5)).toEqual([3.5, 4.5]);
});

test('the range of a column skips other columns and values that are not finite', () => {
  expect(columnRange([1, 100, NaN, 200, -3, 300], 2, 0)).toEqual([-3, 1]);
  expect(columnRange([NaN], 1, 0)).toBeNull();
});

test('numbers are written for reading', () => {
  expect([0, 0.123456, 12345.678, -2, 1.5e-7, 3.2e9, NaN, -Infinity, null].map((v) => formatNumber(v))).toEqual([
    '0',
    '0.1235',
    '12350',
    '−2',
    '1.5e−7',
    '3.2e9',
    'NaN',
    '−∞',
    '–',
  ]);
});
