/** Losses as tiny lines. */
import { expect, test } from 'vitest';
import { curvePath, extentOf, sparklinePath } from '../../../src-renderer/experiments/sparkline.ts';

const size = { width: 103, height: 13 };

test('a line goes from edge to edge, high values at the top, and what is not finite breaks it', () => {
  expect(sparklinePath([1, 0, NaN, 1], size)).toBe('M1.5 1.5L34.8 11.5M101.5 1.5');
  expect([sparklinePath([1], size), sparklinePath([NaN, NaN], size)]).toEqual(['', '']);
});

test('points of a curve stand at their epochs, however unevenly they were chosen', () => {
  const curve = { epochs: Float64Array.of(1, 2, 101), values: Float64Array.of(1, 0.5, 0) };
  expect(curvePath(curve, size, extentOf([[...curve.values]]))).toBe('M1.5 1.5L2.5 6.5L101.5 11.5');
  expect(curvePath({ epochs: Float64Array.of(1), values: Float64Array.of(1) }, size, { min: 0, max: 1 })).toBe('');
});
