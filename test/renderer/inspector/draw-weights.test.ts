/** Numbers in the cells of a weight table: short, and never misleading. */
import { expect, test } from 'vitest';
import { strongestOf } from '../../../src-renderer/inspector/draw-weights.ts';
import { shortNumber } from '../../../src-renderer/ui/format.ts';

test('numbers keep three digits and fit their cell', () => {
  expect([0, 1.23456, -0.03456, -0.0034567, 123456, -1e-7, NaN].map(shortNumber)).toEqual([
    '0',
    '1.23',
    '−0.0346',
    '−0.0035',
    '1e5',
    '−1e−7',
    'NaN',
  ]);
});

test('what is not finite does not set the scale', () => {
  expect(strongestOf(Float32Array.of(1, -3, Infinity, NaN))).toBe(3);
});
