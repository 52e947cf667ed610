/** Step losses: kept whole at first, merged without losing the shape when very many. */
import { expect, test } from 'vitest';
import { MOST_POINTS, StepLosses } from '../../../src-renderer/state/step-losses.ts';

test('a long run keeps a bounded number of points, its last step and its mean', () => {
  const losses = new StepLosses();
  const count = MOST_POINTS * 2;
  const pairs = new Float64Array(count * 2);
  for (let i = 0; i < count; i++) pairs.set([i + 1, (i % 2) * 2], i * 2);
  losses.add(pairs);
  const kept = losses.pairs;
  const values = kept.filter((_, i) => i % 2 === 1);
  expect(losses.count).toBeLessThanOrEqual(MOST_POINTS);
  expect(kept.at(-2)).toBe(count);
  expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(1, 5);
});

test('a gap stays a gap when neighbours are merged', () => {
  const losses = new StepLosses();
  const pairs = new Float64Array((MOST_POINTS + 1) * 2);
  for (let i = 0; i <= MOST_POINTS; i++) pairs.set([i, i === 10 ? NaN : 1], i * 2);
  losses.add(pairs);
  const gaps = [...losses.pairs].filter(Number.isNaN);
  expect(gaps).toHaveLength(1);
});
