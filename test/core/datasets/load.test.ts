/** Splitting, scaling, encoding: what becomes of rows between the file and the engine. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodingFromJson, encodingToJson } from '../../../src-core/datasets/encoding-json.ts';
import { loadData } from '../../../src-core/datasets/load.ts';
import { rowsForEvaluation, rowsForPrediction, rowsFromValues } from '../../../src-core/datasets/new-rows.ts';
import { previewData } from '../../../src-core/datasets/preview.ts';
import { quotas, splitRows } from '../../../src-core/datasets/split.ts';
import { messageOf } from '../../helpers/message-of.ts';
import { rejectionOf } from '../../helpers/rejection-of.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const noFile = () => Promise.reject(new Error('no file is read'));
const inline = (more: object) =>
  loadData(
    {
      kind: 'inline',
      task: 'regression',
      inputs: [
        [1, 10],
        [2, 20],
        [3, 60],
      ],
      targets: [[1], [2], [6]],
      ...more,
    },
    noFile,
  );

describe('split', () => {
  test('parts cover all rows once, each in file order, floor(fraction·n + ½) of them held out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 300 }),
        fc.double({ min: 0, max: 0.6, noNaN: true }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (count, fraction, classes, seed) => {
          const classOf = Float64Array.from({ length: count }, (_, i) => (i * 7919) % classes);
          const split = splitRows({ count, seed, validation: fraction, test: 0.1, classOf });
          const all = [...split.training, ...split.validation, ...split.test].sort((a, b) => a - b);
          expect(all).toEqual(Array.from({ length: count }, (_, i) => i));
          for (const part of [split.training, split.validation])
            expect([...part]).toEqual([...part].sort((a, b) => a - b));
          expect(split.validation.length).toBe(Math.floor(fraction * count + 0.5));
        },
      ),
    );
  });

  test('shares seats by largest remainder, the earlier class first on ties', () => {
    // 0.25 of 5, 3, 2: 1.25, 0.75, 0.5 of 10 → 3 seats (2.5 + ½): one each by floor 1, 0, 0, then 0.75, then 0.5.
    expect(quotas([5, 3, 2], 0.25)).toEqual([1, 1, 1]);
    expect(quotas([1, 1, 1, 1], 0.5)).toEqual([1, 1, 0, 0]);
  });

  test('keeps the share of every class', async () => {
    const data = await loadData(
      { kind: 'generator', name: 'blobs', samples: 300, validation: { fraction: 0.3 } },
      noFile,
    );
    const counts = [0, 1, 2].map(
      (label) => data.validation?.indices.filter((row) => data.rawTargets[row] === label).length,
    );
    expect(counts).toEqual([30, 30, 30]);
  });

  test('leaves the validation rows as they were when a test part is added', async () => {
    const spec = { kind: 'generator', name: 'xor', samples: 100, seed: 5, validation: { fraction: 0.2 } };
    const plain = await loadData(spec, noFile);
    const more = await loadData({ ...spec, test: { fraction: 0.3 } }, noFile);
    expect([more.validation?.indices, more.test?.count, more.training.count]).toEqual([
      plain.validation?.indices,
      30,
      50,
    ]);
  });

  test('takes validation rows from a file of their own, through the encoding of the training rows', async () => {
    const files: Record<string, string> = { 'a.csv': 'x,y\n1,2\n3,4\n', 'v.csv': 'y,x\n5,7\n' };
    const spec = { kind: 'csv', path: 'a.csv', inputs: ['x'], target: ['y'], task: 'regression', standardize: true };
    const read = (path: string) => Promise.resolve(bytes(files[path] ?? ''));
    const data = await loadData({ ...spec, validation: { path: 'v.csv' } }, read);
    expect([data.training.count, [...(data.validation?.inputs ?? [])], [...(data.validation?.targets ?? [])]]).toEqual([
      2,
      [5],
      [5],
    ]);
  });
});

describe('standardisation', () => {
  test('uses mean and population deviation of the training rows alone', async () => {
    const data = await loadData(
      { kind: 'generator', name: 'plane', samples: 200, seed: 2, standardize: true, validation: { fraction: 0.5 } },
      noFile,
    );
    const column = (at: number) => Array.from(data.training.indices, (row) => data.rawInputs[row * 2 + at] as number);
    const mean = column(0).reduce((sum, x) => sum + x, 0) / 100;
    const std = Math.sqrt(column(0).reduce((sum, x) => sum + (x - mean) ** 2, 0) / 100);
    expect(data.standardization?.mean[0]).toBeCloseTo(mean, 12);
    expect(data.standardization?.std[0]).toBeCloseTo(std, 12);
    expect(data.training.inputs[0]).toBeCloseTo(((column(0)[0] as number) - mean) / std, 12);
  });

  test('divides a column that never changes by 1', async () => {
    const data = await inline({
      inputs: [
        [1, 5],
        [2, 5],
        [3, 5],
      ],
      standardize: true,
    });
    expect(data.standardization).toEqual({ columns: ['x1', 'x2'], mean: [2, 5], std: [Math.sqrt(2 / 3), 1] });
  });

  test('of the target is for regression only', async () => {
    const data = await inline({ standardize_target: true });
    expect([...data.training.targets].map((x) => x.toFixed(6))).toEqual(['-0.925820', '-0.462910', '1.388730']);
    const refused = inline({ standardize_target: true, task: 'multiclass' });
    expect(await rejectionOf(refused)).toBe(
      'data.standardize_target: expected false: only the targets of a regression can be standardised, got true',
    );
  });
});

test('features are computed from the raw inputs, in the order asked for', async () => {
  const features = ['x1*x2', 'sin(x2)', 'x1^2', 'x2'];
  const data = await loadData({ kind: 'generator', name: 'xor', samples: 3, features }, noFile);
  const [a = 0, b = 0] = data.rawInputs;
  expect([...data.training.inputs.subarray(0, 4)]).toEqual([a * b, Math.sin(b), a ** 2, b]);
  const unknown = loadData({ kind: 'generator', name: 'sine', samples: 3, features: ['x2'] }, noFile);
  expect(await rejectionOf(unknown)).toBe(
    'data.features: expected names from x1, x1^2, sin(x1), each once, got ["x2"]',
  );
});

test('inline rows may name their classes and columns', async () => {
  const data = await inline({ task: 'multiclass', targets: ['cat', 'dog', 'cat'], columns: ['w', 'h', 'kind'] });
  expect([data.inputNames, data.targetNames, data.classes, [...data.training.targets]]).toEqual([
    ['w', 'h'],
    ['kind'],
    ['cat', 'dog'],
    [1, 0, 0, 1, 1, 0],
  ]);
});

test.each([
  [{ inputs: [[1, 2], [3]], targets: [1, 2] }, 'data.inputs[1]: expected 2 values, as in the first row, got 1'],
  [{ inputs: [[1, 'x']], targets: [1] }, 'data.inputs[0][1]: expected a finite number, got "x"'],
  [{ targets: [1] }, 'data.targets: expected 3 rows, one for each of data.inputs, got 1'],
  [{ inputs: [] }, 'data.inputs: expected at least one row of data, got none'],
])('inline rows that do not fit are refused: %j', async (more, message) => {
  expect(await rejectionOf(inline(more))).toBe(message);
});

describe('new rows', () => {
  const files = bytes('x,colour,y\n1,red,a\n3,blue,b\n5,red,a\n,blue,b\n');
  const spec = {
    kind: 'csv',
    path: 'a.csv',
    inputs: ['x', 'colour'],
    target: ['y'],
    task: 'binary',
    categorical: ['colour'],
    standardize: true,
    missing: 'mean',
  };
  const trained = () => loadData(spec, () => Promise.resolve(files));

  test('pass through features, categories, gaps and scaling exactly as the training rows did', async () => {
    const data = await trained();
    const again = rowsForEvaluation(files, data.encoding, { file: 'a.csv' });
    expect([again.inputs, again.targets]).toEqual([data.training.inputs, data.training.targets]);
  });

  test('are found by column name; other columns are ignored', async () => {
    const { encoding } = await trained();
    const rows = rowsForPrediction(bytes('id;colour;x\n7;blue;3\n'), encoding, { file: 'n.csv' });
    expect([...rows.inputs]).toEqual([0, 1, 0]); // 3 is the mean of 1, 3, 5
  });

  test('with an unknown category or a missing column are refused with their place', async () => {
    const { encoding } = await trained();
    const predict = (text: string) => messageOf(() => rowsForPrediction(bytes(text), encoding, { file: 'n.csv' }));
    expect(predict('x,colour\n1,green\n')).toBe(
      'n.csv: row 1 (line 2), column "colour": expected one of "blue", "red", got "green"',
    );
    expect(predict('x\n1\n')).toBe('n.csv: expected a column "colour", got "x"');
  });

  test('may come as numbers in the order of the columns', async () => {
    const data = await inline({ standardize: true });
    expect(rowsFromValues([[2, 30]], data.encoding).inputs).toEqual(Float64Array.of(0, 0));
    expect(messageOf(() => rowsFromValues([[1]], data.encoding))).toBe('row 1: expected 2 values (x1, x2), got 1');
  });

  test('an encoding survives being written into a weights file', async () => {
    const { encoding } = await trained();
    const written: unknown = JSON.parse(JSON.stringify(encodingToJson(spec, encoding)));
    expect(encodingFromJson(written as never, { inputs: 3, targets: 1 })).toEqual(encoding);
  });
});

test('the fingerprint of the data changes with any value and with the split', async () => {
  const hashes = await Promise.all([
    inline({}),
    inline({ targets: [[1], [2], [6.0000001]] }),
    inline({ validation: { fraction: 0.4 } }),
  ]);
  expect(new Set(hashes.map(({ sha256 }) => sha256)).size).toBe(3);
});

test('the preview shows first rows as written, counts, and at most 2,000 points', async () => {
  const data = await loadData(
    { kind: 'generator', name: 'spiral', samples: 5000, validation: { fraction: 0.2 } },
    noFile,
  );
  const { points, fed, ...preview } = previewData(data);
  expect({ ...preview, rows: preview.rows.length }).toEqual({
    task: 'binary',
    inputNames: ['x1', 'x2'],
    fedNames: ['x1', 'x2'],
    targetNames: ['label'],
    classes: ['0', '1'],
    rowCount: 5000,
    trainingCount: 4000,
    validationCount: 1000,
    testCount: 0,
    classCounts: [2500, 2500],
    partCounts: [
      [2000, 2000],
      [500, 500],
      [0, 0],
    ],
    rows: 100,
  });
  expect([points.inputs.length, points.targets.length, points.validation.length]).toEqual([4000, 2000, 2000]);
  expect([fed.columns.length, fed.rows.length, fed.parts.length]).toEqual([2, 200, 100]);
});

const ROWS = {
  inputs: [
    [1, 10],
    [2, 10],
    [3, 40],
    [6, 20],
    [8, 20],
  ],
  targets: ['a', 'b', 'a', 'b', 'b'],
  task: 'binary',
};
const parted = (more: object) => loadData({ kind: 'inline', ...ROWS, ...more }, noFile);

test('the preview shows every row as it is fed, and the part it is in', async () => {
  const data = await parted({ validation: { fraction: 0.2 }, test: { fraction: 0.2 } });
  const { fed, partCounts, testCount } = previewData(data);
  const partOf = (row: number) =>
    [data.training, data.validation, data.test].findIndex((part) => part?.indices.includes(row));
  const expected = Array.from({ length: 5 }, (_, row) => partOf(row));
  const sums = partCounts.map((counts) => counts.reduce((sum, count) => sum + count, 0));
  expect([[...fed.parts], sums, testCount, [...fed.rows]]).toEqual([expected, [3, 1, 1], 1, ROWS.inputs.flat()]);
});

test('no row of the test part is among the points that the preview draws', async () => {
  const data = await parted({ test: { fraction: 0.4 } });
  const { points } = previewData(data);
  const tested = [...(data.test?.indices ?? [])].map((row) => ROWS.inputs[row]?.[0]);
  const drawn = Array.from({ length: points.targets.length }, (_, i) => points.inputs[i * 2]);
  expect([drawn.length, drawn.filter((x) => tested.includes(x))]).toEqual([3, []]);
});

test('columns are described as the training rows feed them, with what standardisation took off', async () => {
  const { fed } = previewData(await parted({ standardize: true }));
  const [first] = fed.columns;
  const { mean = 0, std = 0 } = first?.scaling ?? {};
  const rounded = (values: readonly number[]) => values.map((value) => Number(value.toFixed(9)));
  expect([
    rounded([mean, std, first?.mean ?? NaN, first?.std ?? NaN]),
    first?.bins.reduce((sum, count) => sum + count, 0),
    first?.bins.filter((count) => count > 0).length,
  ]).toEqual([[4, Number(Math.sqrt(6.8).toFixed(9)), 0, 1], 5, 5]);
});

test('a preview tells how far the targets of a regression reach, as fed', async () => {
  const inputs = [[0], [0], [0], [0]];
  const rangeOf = async (more: object) =>
    previewData(await loadData({ kind: 'inline', inputs, targets: [-2, 6, -2, 6], ...more }, refuse)).targetRange;
  const refuse = () => Promise.reject(new Error('no files'));
  expect([
    await rangeOf({ task: 'regression' }),
    await rangeOf({ task: 'regression', standardize_target: true }),
    await rangeOf({ task: 'binary' }),
  ]).toEqual([[-2, 6], [-1, 1], undefined]);
});
