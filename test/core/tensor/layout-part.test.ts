/** Parts of a value: whatever the layout and wherever the cuts, pieces are what the whole is. */
import { expect, test } from 'vitest';
import { gatherPart, partsOf, scatterPart } from '../../../src-core/tensor/layout-part.ts';
import { columnMajor, gather, rowMajor, scatter, type Layout } from '../../../src-core/tensor/layout.ts';

const layouts: readonly [string, readonly number[], Layout][] = [
  ['row-major', [5, 7], rowMajor([5, 7])],
  ['column-major', [35, 3], columnMajor([35, 3])],
  ['column-major, wider than a tile', [40, 20], columnMajor([40, 20])],
  ['channels last', [4, 3, 5], { strides: [1, 20, 4], rowStride: 60 }],
  ['padded rows', [3, 5], { strides: [8, 1], rowStride: 24 }],
  [
    'split axes with empty places',
    [3, 7],
    {
      strides: [0, 0],
      rowStride: 32,
      splits: [
        { axis: 0, shape: [2, 2], strides: [16, 1] },
        { axis: 1, shape: [4, 2], strides: [4, 2] },
      ],
    },
  ],
  ['one number', [], rowMajor([])],
];

test.each(layouts)('%s: parts read and write what the whole does', (_name, shape, layout) => {
  const size = shape.reduce((product, length) => product * length, 1);
  const numbers = Float64Array.from({ length: size }, (_, i) => i + 1);
  const whole = new Float64Array(layout.rowStride);
  scatter(numbers, whole, 1, shape, layout);
  const back = new Float64Array(size);
  gather(whole, back, 1, shape, layout);
  expect(back).toEqual(numbers);
  for (const length of [1, 2, 5, 7, 16, 33, 100, size]) {
    const pieces = new Float64Array(layout.rowStride);
    const read: number[] = [];
    for (const part of partsOf(size, length)) {
      scatterPart(numbers.subarray(part.from, part.to), pieces, part, shape, layout);
      const into = new Float64Array(part.to - part.from);
      gatherPart(whole, into, part, shape, layout);
      read.push(...into);
    }
    expect(pieces).toEqual(whole);
    expect(read).toEqual([...numbers]);
  }
});
