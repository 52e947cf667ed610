/** Runs in words and tiny lines. */
import { expect, test } from 'vitest';
import { agoWord, bestWord, canResume } from '../../../src-renderer/experiments/run-words.ts';
import { extentOf, sparklinePath } from '../../../src-renderer/experiments/sparkline.ts';

const SIZE = { width: 103, height: 23 };

test('accuracy on held-out rows judges a run, the loss where there are no classes', () => {
  const record = { epoch: 1, step: 1, loss: 0.5, val_loss: 0.25 };
  expect(bestWord({ best: { ...record, accuracy: 0.9, val_accuracy: 0.875 } })).toBe('87.5 %');
  expect(bestWord({ best: record })).toBe('loss 0.25');
  expect(bestWord({ best: null })).toBe('–');
});

test('only a run that has epochs left and did not break down can go on', () => {
  const at = (status: 'stopped' | 'running' | 'diverged' | 'interrupted', epoch: number) =>
    canResume({ status, epoch, epochs: 10 });
  expect([at('stopped', 5), at('interrupted', 0), at('stopped', 10), at('running', 5), at('diverged', 5)]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('age is told in the largest unit that fits', () => {
  expect([30_000, 5 * 60_000, 3 * 3_600_000].map((passed) => agoWord(1e12 - passed, 1e12))).toEqual([
    'just now',
    '5 min ago',
    '3 h ago',
  ]);
});

test('a falling curve runs from the upper left to the lower right, and breaks at what is not finite', () => {
  expect(sparklinePath([1, NaN, 0, 0.5], SIZE)).toBe('M1.5 1.5M68.2 21.5L101.5 11.5');
});

test('two curves share one scale', () => {
  const extent = extentOf([
    [0, 1],
    [3, NaN],
  ]);
  expect(extent).toEqual({ min: 0, max: 3 });
  expect(sparklinePath([0, 3], SIZE, extent)).toBe('M1.5 21.5L101.5 1.5');
});

test('a hundred thousand epochs make a path of a few points a pixel, with the highest among them', () => {
  const values = new Array<number>(100_000).fill(1);
  values[54_321] = 9;
  const path = sparklinePath(values, SIZE);
  expect(path.split(/[ML]/).length).toBeLessThan(SIZE.width * 4 + 10);
  expect(path).toContain(' 1.5');
});
