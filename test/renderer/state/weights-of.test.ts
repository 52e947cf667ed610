/** Names and rows of weight tables. */
import { expect, test } from 'vitest';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { inputNamesOf, matrixSize, weightRow } from '../../../src-renderer/state/weights-of.ts';

const { graph } = twoSpirals.document;

test('inputs behind the input node are called as the data calls them, others after the layer they come from', () => {
  expect(inputNamesOf(graph, 'h1', 2, ['x1', 'x2'])).toEqual(['x1', 'x2']);
  expect(inputNamesOf(graph, 'h2', 3, ['x1', 'x2'])).toEqual(['h1 1', 'h1 2', 'h1 3']);
});

test('the weights of a filter are one row', () => {
  expect(matrixSize([8, 3, 5, 5])).toEqual({ rows: 8, columns: 75 });
  const tensor = { key: 'h1.weight', shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) };
  expect(weightRow(tensor, 1)).toEqual([4, 5, 6]);
  expect(weightRow(undefined, 0)).toEqual([]);
});
