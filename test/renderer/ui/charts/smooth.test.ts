/** Smoothing of curves. */
import { expect, test } from 'vitest';
import { smooth } from '../../../../src-renderer/ui/charts/smooth.ts';

const run = (y: readonly number[], amount: number, x = y.map((_, i) => i)): number[] => [
  ...smooth({ x, y, length: y.length }, amount, new Float64Array(y.length)),
];

test('amount 0 leaves the curve as it is', () => {
  expect(run([3, 1, 2], 0)).toEqual([3, 1, 2]);
});

test('a constant stays constant from its first point on', () => {
  for (const value of run([7, 7, 7, 7], 0.9)) expect(value).toBeCloseTo(7, 12);
});

test('the average is the weighted mean worked out by hand', () => {
  expect(run([1, 3], 0.5)).toEqual([1, (3 + 0.5) / 1.5]);
});

test('what lies two epochs back counts as little as if the epoch between were drawn', () => {
  expect(run([1, 3], 0.5, [4, 6])).toEqual([1, (3 + 0.25) / 1.25]);
});

test('a value that is not finite shows as it is and leaves the average alone', () => {
  expect(run([2, NaN, 2], 0.5)).toEqual([2, NaN, 2]);
});
