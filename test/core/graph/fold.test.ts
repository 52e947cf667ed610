/** Networks in lines: short ones in one, long ones in several that fill a window. */
import { expect, test } from 'vitest';
import { columnsPerLine } from '../../../src-core/graph/fold.ts';

const SIZE = { column: 220, line: 200 };

test('what can be read in one line stays in one', () => {
  expect([1, 2, 5].map((columns) => columnsPerLine(columns, SIZE))).toEqual([1, 2, 5]);
});

test('longer ones are broken into lines of like length, about as wide as a window is', () => {
  expect([6, 8, 11, 40].map((columns) => columnsPerLine(columns, SIZE))).toEqual([3, 4, 4, 8]);
});

test('what is high as well is not broken', () => {
  expect(columnsPerLine(25, { column: 240, line: 1_700 })).toBe(25);
});
