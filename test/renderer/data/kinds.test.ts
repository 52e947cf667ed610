/** Edits of data from formulas and shipped sets, and the reading of pictures out of rows. */
import { expect, test } from 'vitest';
import type { DataPreview } from '../../../src-core/contract/records.ts';
import { loadData } from '../../../src-core/datasets/load.ts';
import { previewData } from '../../../src-core/datasets/preview.ts';
import type { DataSpec } from '../../../src-core/graph/model.ts';
import { builtinData } from '../../../src-renderer/data/data-edits.ts';
import { flawOf, rangesOf, setExpression, setRange, startFormula } from '../../../src-renderer/data/formula-edits.ts';
import { pictureBytes, pictureSize } from '../../../src-renderer/data/thumbnails.ts';

const noFiles = () => Promise.reject(new Error('there are no files here'));
const previewOf = async (data: DataSpec): Promise<DataPreview> => previewData(await loadData(data, noFiles));

test('a formula starts ready to draw, with the share held out that was there', async () => {
  const data = startFormula({ kind: 'generator', name: 'spiral', validation: { fraction: 0.5 } });
  const preview = await previewOf(data);
  expect([preview.inputNames, preview.trainingCount, preview.validationCount]).toEqual([['x1', 'x2'], 250, 250]);
});

test('a range is changed at one end, and a new variable has one of its own', () => {
  const longer = setExpression(startFormula({ kind: 'csv' }), 'x1 * x3');
  const moved = setRange(longer, { name: 'x2', end: 1, value: 7 });
  expect(rangesOf(moved)).toEqual([
    { name: 'x1', range: [-3, 3] },
    { name: 'x2', range: [-3, 7] },
    { name: 'x3', range: [-5, 5] },
  ]);
  expect(moved['ranges']).toEqual({ x1: [-3, 3], x2: [-3, 7], x3: [-5, 5] });
});

test('what is typed is a formula or says why not', () => {
  expect(['x1^2', 'y = x1', 'x', 'x1 +'].map(flawOf)).toEqual([
    null,
    null,
    'data.expression: expected x1, x2, … as its variables, got x',
    'expression: column 5: expected a number, a name or "(", got the end',
  ]);
});

test('rows of pixels are pictures with their own size, other rows are not', async () => {
  const digits = await previewOf(builtinData('digits'));
  const iris = await previewOf(builtinData('iris'));
  expect([pictureSize(digits), pictureSize(iris)]).toEqual([{ height: 8, width: 8 }, null]);
});

test('pixels become greys from black for nothing to white for the brightest', async () => {
  const digits = await previewOf(builtinData('digits'));
  const bytes = pictureBytes(digits, { height: 8, width: 8 }, 0);
  // The first row of the set's first picture is 0 0 5 13 9 1 0 0, its brightest pixel 15.
  const greys = [0, 0, 5, 13, 9, 1, 0, 0].map((value) => Math.round((value / 15) * 255));
  expect(Array.from({ length: 8 }, (_, i) => bytes[i * 4])).toEqual(greys);
  expect(bytes.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
});
