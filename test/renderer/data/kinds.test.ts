/** Edits of data from formulas and shipped sets, and the reading of pictures out of rows. */
import { describe, expect, test } from 'vitest';
import type { DataPreview } from '../../../src-core/contract/records.ts';
import { loadData } from '../../../src-core/datasets/load.ts';
import { previewData } from '../../../src-core/datasets/preview.ts';
import type { DataSpec } from '../../../src-core/graph/model.ts';
import { pictureShape } from '../../../src-core/datasets/images/pixel-names.ts';
import { pictureRgba } from '../../../src-core/datasets/images/rgba.ts';
import { builtinData } from '../../../src-renderer/data/data-edits.ts';
import { flawOf, rangesOf, setExpression, setRange, startFormula } from '../../../src-renderer/data/formula-edits.ts';
import { imagesData } from '../../../src-renderer/data/images-edits.ts';
import { isStratified, setFraction, setStratify, setTestFraction } from '../../../src-renderer/data/data-edits.ts';

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
  expect([digits, iris].map(({ inputNames }) => pictureShape(inputNames))).toEqual([
    { channels: 1, height: 8, width: 8 },
    null,
  ]);
});

test('pixels become greys from black for nothing to white for the brightest', async () => {
  const digits = await previewOf(builtinData('digits'));
  const bytes = pictureRgba(digits.points.inputs.subarray(0, 64), { channels: 1, height: 8, width: 8 });
  // The first row of the set's first picture is 0 0 5 13 9 1 0 0, its brightest pixel 15.
  const greys = [0, 0, 5, 13, 9, 1, 0, 0].map((value) => Math.round((value / 15) * 255));
  expect(Array.from({ length: 8 }, (_, i) => bytes[i * 4])).toEqual(greys);
  expect(bytes.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
});

test('colours come from their planes, the largest value white', () => {
  const bytes = pictureRgba([200, 0, 0, 0, 100, 50], { channels: 3, height: 1, width: 2 });
  expect([...bytes]).toEqual([255, 0, 128, 255, 0, 0, 64, 255]);
});

describe('a folder of pictures', () => {
  const glance = { size: [28, 28], isGray: true } as const;
  const files = (...paths: string[]) => paths.map((path) => ({ path }));

  test('holds out a fifth of every class', () => {
    expect(imagesData('pets', files('cat/1.png', 'train/2.png'), glance)).toEqual({
      kind: 'images',
      path: 'pets',
      size: [28, 28],
      grayscale: true,
      validation: { fraction: 0.2, stratify: true },
    });
  });

  test('with folders for its parts is split by them', () => {
    const parted = files('Train/cat/1.png', 'val/cat/2.png', 'test/cat/3.png');
    expect(imagesData('pets', parted, { ...glance, isGray: false })).toEqual({
      kind: 'images',
      path: 'pets/Train',
      size: [28, 28],
      validation: { path: 'pets/val' },
      test: { path: 'pets/test' },
    });
  });

  test('with classes called as parts are is not', () => {
    expect(imagesData('words', files('train/1.png', 'test/2.png'), glance)).toMatchObject({ path: 'words' });
  });
});

test('both parts are stratified unless one says otherwise, and are told together', () => {
  const both = setTestFraction(setFraction({ kind: 'csv' }, 0.2), 0.1);
  const neither = setStratify(both, false);
  const late = setTestFraction(setStratify(setFraction({ kind: 'csv' }, 0.2), false), 0.1);
  expect([both, neither, late].map(isStratified)).toEqual([true, false, false]);
  expect(neither).toEqual({
    kind: 'csv',
    validation: { fraction: 0.2, stratify: false },
    test: { fraction: 0.1, stratify: false },
  });
  expect(setTestFraction(setFraction(neither, 0), 0)).toEqual({ kind: 'csv' });
});
