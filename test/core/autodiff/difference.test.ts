/** Slopes by recomputing: what they come to, and how far they can be trusted. */
import { expect, test } from 'vitest';
import { difference, roundingOf, stepFor } from '../../../src-core/autodiff/difference.ts';
import { parseExpression } from '../../../src-core/autodiff/parse.ts';

const cube = parseExpression('w^3');

test('w³ at 2 with a step of 0.1: 12.01 looking both ways, 12.61 and 11.41 looking one way', () => {
  const { central, right, left } = difference(cube, { w: 2 }, 'w', 0.1);
  expect([central, right, left].map((slope) => Number(slope.toFixed(9)))).toEqual([12.01, 12.61, 11.41]);
});

test('the step grows with a variable and never falls below that of 1', () => {
  expect([0, 0.5, -1, 200].map(stepFor)).toEqual([1e-5, 1e-5, 1e-5, 200 * 1e-5]);
});

/** At steps so small that rounding is all of the error. */
test.each([1e-9, 1e-11, 1e-13])('rounding at a step of %d stays within what is foretold, and comes near it', (h) => {
  const shares = Array.from({ length: 40 }, (_, i) => {
    const at = { w: 1 + i / 39 };
    const error = Math.abs(difference(cube, at, 'w', h).central - 3 * at.w ** 2);
    return error / roundingOf(cube, at, 'w', h);
  });
  expect(Math.max(...shares)).toBeLessThanOrEqual(1);
  expect(Math.max(...shares)).toBeGreaterThan(0.05);
});
