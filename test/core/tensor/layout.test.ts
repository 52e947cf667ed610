/** Logical and physical order: every logical element finds its way into memory and back. */
import { expect, test } from 'vitest';
import {
  columnMajor,
  gather,
  isRowMajor,
  placesOf,
  rowMajor,
  scatter,
  type Layout,
} from '../../../src-core/tensor/layout.ts';

/** Columns 0 and 1 of every row, then column 2 with a gap beside it. */
const panels: Layout = { strides: [2, 1], rowStride: 16, splits: [{ axis: 1, shape: [2, 2], strides: [8, 1] }] };
const numbers = Float64Array.from({ length: 24 }, (_, i) => i);

test('row-major places count up', () => {
  expect([...placesOf([2, 3, 4], rowMajor([2, 3, 4]))]).toEqual([...numbers]);
});

test('an axis split into panels goes through the first panel, then the second', () => {
  expect([...placesOf([2, 3], panels)]).toEqual([0, 1, 8, 2, 3, 10]);
});

test('column-major walks down the rows first', () => {
  expect([...placesOf([2, 3], columnMajor([2, 3]))]).toEqual([0, 2, 4, 1, 3, 5]);
});

test.each<[string, readonly number[], Layout]>([
  ['row-major', [3, 4], rowMajor([3, 4])],
  ['column-major', [3, 4], columnMajor([3, 4])],
  ['channels last', [2, 3, 2], { strides: [1, 4, 2], rowStride: 12 }],
  ['padded rows', [3, 4], { strides: [8, 1], rowStride: 32 }],
  ['panels of two columns, the last half empty', [4, 3], panels],
  [
    'both axes split',
    [4, 3],
    { ...panels, splits: [...(panels.splits ?? []), { axis: 0, shape: [2, 2], strides: [2, 4] }] },
  ],
])('%s: what is written is read back, row by row', (_name, shape, layout) => {
  const memory = new Float64Array(2 * layout.rowStride);
  const back = new Float64Array(24);
  scatter(numbers, memory, 2, shape, layout);
  gather(memory, back, 2, shape, layout);
  expect(back).toEqual(numbers);
});

test('only plain order without gaps is row-major', () => {
  expect(
    [rowMajor([2, 3]), columnMajor([2, 3]), { strides: [3, 1], rowStride: 8 }].map((layout) =>
      isRowMajor([2, 3], layout),
    ),
  ).toEqual([true, false, false]);
});

test('the stride of an axis of one does not matter', () => {
  expect(isRowMajor([1, 4, 5], { strides: [1, 5, 1], rowStride: 20 })).toBe(true);
  expect(isRowMajor([2, 4, 5], { strides: [1, 5, 1], rowStride: 40 })).toBe(false);
});
