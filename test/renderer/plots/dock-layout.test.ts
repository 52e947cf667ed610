/** Two plots where there is room, never the same one twice. */
import { expect, test } from 'vitest';
import { arrangementOf, choiceOf, choose } from '../../../src-renderer/plots/dock-layout.ts';
import { plotIds } from '../../../src-renderer/plots/registry.ts';

test.each([
  ['a dock of a 1440×900 window', { width: 413, height: 545 }, 'stacked'],
  ['a dock of a 1024×640 window', { width: 300, height: 379 }, 'single'],
  ['a full window', { width: 1440, height: 900 }, 'beside'],
  ['a wide and low dock', { width: 800, height: 300 }, 'beside'],
])('%s', (_, size, expected) => {
  expect(arrangementOf(size, true)).toBe(expected);
  expect(arrangementOf(size, false)).toBe('single');
});

test('loss and boundary stand together until something else is chosen', () => {
  const none = { first: null, second: null };
  expect(choiceOf(none, { ids: plotIds, hasBoundary: true })).toEqual({ first: 'lossCurve', second: 'boundary' });
  expect(choiceOf(none, { ids: plotIds, hasBoundary: false })).toEqual({ first: 'lossCurve', second: 'metrics' });
});

test('what was remembered is kept, and a plot that is gone gives way to the usual one', () => {
  const kept = { first: 'confusion', second: 'no_such_plot' };
  expect(choiceOf(kept, { ids: plotIds, hasBoundary: true })).toEqual({ first: 'confusion', second: 'boundary' });
});

test('the two places never show the same plot', () => {
  for (const first of plotIds) {
    for (const second of [null, ...plotIds]) {
      const choice = choiceOf({ first, second }, { ids: plotIds, hasBoundary: true });
      expect(choice.first).toBe(first);
      expect(choice.second).not.toBe(choice.first);
    }
  }
});

test('choosing what the other place shows makes them change places', () => {
  const choice = { first: 'lossCurve', second: 'boundary' } as const;
  expect(choose(choice, 'first', 'boundary')).toEqual({ first: 'boundary', second: 'lossCurve' });
  expect(choose(choice, 'second', 'lossCurve')).toEqual({ first: 'boundary', second: 'lossCurve' });
  expect(choose(choice, 'first', 'metrics')).toEqual({ first: 'metrics', second: 'boundary' });
});
