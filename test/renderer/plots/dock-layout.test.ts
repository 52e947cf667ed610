/** Two plots where there is room, never the same one twice. */
import { expect, test } from 'vitest';
import { arrangementOf, choiceOf, choose, remembered } from '../../../src-renderer/plots/dock-layout.ts';

const ids = ['loss', 'boundary', 'metrics', 'confusion'] as const;
const usual = { first: 'loss', second: 'boundary' } as const;

test.each([
  ['a dock of a 1440×900 window', { width: 413, height: 545 }, 'stacked'],
  ['a dock of a 1024×640 window', { width: 300, height: 379 }, 'single'],
  ['a full window', { width: 1440, height: 900 }, 'beside'],
  ['a wide and low dock', { width: 800, height: 300 }, 'beside'],
])('%s', (_, size, expected) => {
  expect(arrangementOf(size, true)).toBe(expected);
  expect(arrangementOf(size, false)).toBe('single');
});

test('the usual two stand together until something else is chosen', () => {
  expect(choiceOf({ first: null, second: null }, ids, usual)).toEqual(usual);
});

test('what was remembered is kept, and a plot that is gone gives way to the usual one', () => {
  const kept = { first: 'confusion', second: 'no_such_plot' };
  expect(choiceOf(kept, ids, usual)).toEqual({ first: 'confusion', second: 'boundary' });
});

test('the two places never show the same plot', () => {
  for (const first of ids) {
    for (const second of [null, ...ids]) {
      const choice = choiceOf({ first, second }, ids, usual);
      expect(choice.first).toBe(first);
      expect(choice.second).not.toBe(choice.first);
    }
  }
});

test('the second place is remembered only where it was meant', () => {
  expect(remembered<string>(usual, 'first', 'metrics')).toEqual({ firstPlot: 'metrics' });
  expect(remembered<string>(usual, 'first', 'boundary')).toEqual({ firstPlot: 'boundary', secondPlot: 'loss' });
  expect(remembered<string>(usual, 'second', 'metrics')).toEqual({ firstPlot: 'loss', secondPlot: 'metrics' });
});

test('choosing what the other place shows makes them change places', () => {
  const choice = { first: 'loss', second: 'boundary' } as const;
  expect(choose<string>(choice, 'first', 'boundary')).toEqual({ first: 'boundary', second: 'loss' });
  expect(choose<string>(choice, 'second', 'loss')).toEqual({ first: 'boundary', second: 'loss' });
  expect(choose<string>(choice, 'first', 'metrics')).toEqual({ first: 'metrics', second: 'boundary' });
});
