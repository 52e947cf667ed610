/** The fast exponential, tanh and logistic function against Math's in float64, over dense grids. */
import { expect, test } from 'vitest';
import { fastExp, fastLogistic, fastTanh } from '../../../src-core/kernels/fast/math.ts';

const GRID = 200_001;

/** Largest relative error over a grid from −limit to limit. */
function worst(found: (x: number) => number, exact: (x: number) => number, limit: number): number {
  let largest = 0;
  for (let i = 0; i < GRID; i++) {
    const x = limit * ((2 * i) / (GRID - 1) - 1);
    const y = exact(x);
    const error = Math.abs(found(x) - y) / Math.max(Math.abs(y), Number.MIN_VALUE);
    if (!(error <= largest)) largest = error; // NaN wins
  }
  return largest;
}

test('exp is within 1e-11 over the whole range of normal results', () => {
  expect(worst(fastExp, Math.exp, 700)).toBeLessThan(1e-11);
  expect(worst(fastExp, Math.exp, 1)).toBeLessThan(1e-11);
});

test('tanh is within 1e-8, close to 0 too', () => {
  for (const limit of [1e-6, 0.02, 1, 30])
    expect(worst(fastTanh, Math.tanh, limit), `up to ${limit}`).toBeLessThan(1e-8);
});

test('the logistic function is within 1e-10 for very negative arguments too', () => {
  expect(worst(fastLogistic, (x) => 1 / (1 + Math.exp(-x)), 700)).toBeLessThan(1e-10);
});

test('the ends are those of Math', () => {
  const ends = [-Infinity, -1000, 1000, Infinity, NaN, 0];
  expect(ends.map(fastExp)).toEqual(ends.map(Math.exp));
  expect(ends.map(fastTanh)).toEqual(ends.map(Math.tanh));
});
