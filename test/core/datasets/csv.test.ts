/** CSV files, good and bad: what is read from them, and the one clear sentence when they cannot be. */
import { describe, expect, test } from 'vitest';
import { inspectCsv } from '../../../src-core/datasets/inspect-csv.ts';
import { loadData } from '../../../src-core/datasets/load.ts';
import { readRecords } from '../../../src-core/datasets/csv/read-records.ts';
import { rejectionOf } from '../../helpers/rejection-of.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const spec = { kind: 'csv', path: 'rows.csv', inputs: ['a', 'b'], target: ['y'], task: 'regression' };
const load = (text: string | Uint8Array, more: object = {}) =>
  loadData({ ...spec, ...more }, () => Promise.resolve(typeof text === 'string' ? bytes(text) : text));
const records = (text: string, delimiter = ',') =>
  [...readRecords(text, delimiter, { file: 'rows.csv' })].map(({ fields }) => fields);

describe('records', () => {
  test.each([
    [
      'plain',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'without a last line end',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['CRLF and CR', 'a\r\nb\rc', [['a'], ['b'], ['c']]],
    ['quoted delimiter', '"a,b",c', [['a,b', 'c']]],
    ['doubled quote', '"say ""hi""",x', [['say "hi"', 'x']]],
    [
      'quoted line end',
      '"a\nb",c\nd,e',
      [
        ['a\nb', 'c'],
        ['d', 'e'],
      ],
    ],
    ['empty fields', ',,\n', [['', '', '']]],
    ['blank lines skipped', 'a\n\n  \nb\n', [['a'], ['b']]],
    ['a quote inside a plain field stays', 'a"b,c', [['a"b', 'c']]],
    ['empty quoted field', '"",x', [['', 'x']]],
  ])('%s', (_, text, expected) => {
    expect(records(text)).toEqual(expected);
  });

  test('are the same in whatever pieces they are read', () => {
    const text = 'a,"b\n""c",d\r\n\n"x",,"y,z"\r1,2,3\n"q"  ,5,6\n"end",4,';
    const whole = [...readRecords(text, ',', { file: 'rows.csv' })];
    const pieces = Array.from({ length: 40 }, (_, i) => [
      ...readRecords(text, ',', { file: 'rows.csv', piece: i + 1 }),
    ]);
    expect(whole).toHaveLength(5);
    for (const records of pieces) expect(records).toEqual(whole);
  });

  test('count their lines through quoted line ends', () => {
    const lines = [...readRecords('"a\n\nb",c\nd,e', ',', { file: 'rows.csv' })].map(({ line }) => line);
    expect(lines).toEqual([1, 4]);
  });
});

describe('a loaded file', () => {
  test('has the named columns in the order of the project, whatever else it holds', async () => {
    const data = await load('y,note,b,a\n10,x,2,1\n20,"y,z",4,3\n');
    expect([[...data.training.inputs], [...data.training.targets], data.fedNames]).toEqual([
      [1, 2, 3, 4],
      [10, 20],
      ['a', 'b'],
    ]);
  });

  test('may use semicolons, decimal commas and a byte order mark', async () => {
    const data = await load('\uFEFFa;b;y\n1,5;-2;,5\n', { decimal: ',' });
    expect([...data.training.inputs, ...data.training.targets]).toEqual([1.5, -2, 0.5]);
  });

  test('may have no header: columns are c1, c2, …', async () => {
    const data = await load('1,2,3\n4,5,6\n', { header: false, inputs: ['c3'], target: ['c1'] });
    expect([[...data.training.inputs], [...data.training.targets]]).toEqual([
      [3, 6],
      [1, 4],
    ]);
  });

  test('orders numeric classes by value and names by code units, unless told', async () => {
    const numbers = await load('a,b,y\n0,0,10\n0,0,9\n0,0,1e1\n', { task: 'binary' });
    const names = await load('a,b,y\n0,0,b\n0,0,a\n0,0,B\n', { task: 'multiclass' });
    const told = await load('a,b,y\n0,0,b\n0,0,a\n', { task: 'binary', classes: ['b', 'a'] });
    expect([numbers.classes, [...numbers.training.targets]]).toEqual([
      ['9', '10'],
      [1, 0, 1],
    ]);
    expect([names.classes, [...names.training.targets]]).toEqual([
      ['B', 'a', 'b'],
      [0, 0, 1, 0, 1, 0, 1, 0, 0],
    ]);
    expect([told.classes, [...told.training.targets]]).toEqual([
      ['b', 'a'],
      [0, 1],
    ]);
  });

  test('turns categories into one-hot columns that standardisation leaves alone', async () => {
    const data = await load('a,b,y\nred,1,0\nblue,3,0\n', { categorical: ['a'], standardize: true });
    expect([data.fedNames, [...data.training.inputs]]).toEqual([
      ['a=blue', 'a=red', 'b'],
      [0, 1, -1, 1, 0, 1],
    ]);
  });

  test('gives others their turn while it is read, and ends where a turn ends it', async () => {
    const long = `a,b,y\n${'1.25,2.5,3.75\n'.repeat(100_000)}`;
    const shares: number[] = [];
    const data = await loadData(spec, () => Promise.resolve(bytes(long)), { turn: (share) => void shares.push(share) });
    const refused = loadData(spec, () => Promise.resolve(bytes(long)), {
      turn: (share) => {
        if (share > 0.2) throw new Error('that is enough');
      },
    });
    expect([data.training.count, shares.length, shares.at(-1)]).toEqual([100_000, 5, 1]);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    await expect(refused).rejects.toThrow('that is enough');
  });

  test('may have a record longer than the pieces it is read in', async () => {
    const note = `"${'line\n'.repeat(150_000)}"`;
    const data = await load(`a,note,b,y\n1,x,2,3\n4,${note},5,6\n7,x,8,9\n`);
    expect([...data.training.targets]).toEqual([3, 6, 9]);
    const late = load(`a,note,b,y\n4,${note},5,6\n7,x,oops,9\n`);
    expect(await rejectionOf(late)).toBe(
      'rows.csv: row 2 (line 150003), column "b": expected a finite number, got "oops"',
    );
  });

  test('drops rows with gaps, or fills them with the mean of the training rows, when told', async () => {
    const text = 'a,b,y\n1,2,3\n,4,5\n5,6,7\n';
    const dropped = await load(text, { missing: 'drop' });
    const filled = await load(text, { missing: 'mean' });
    expect([[...dropped.training.inputs], [...filled.training.inputs]]).toEqual([
      [1, 2, 5, 6],
      [1, 2, 3, 4, 5, 6],
    ]);
  });
});

describe('a file that cannot be used', () => {
  test.each([
    ['ragged row', 'a,b,y\n1,2,3\n4,5\n', {}, 'rows.csv: row 2 (line 3): expected 3 fields, got 2'],
    ['row too long', 'a,b,y\n1,2,3,4\n', {}, 'rows.csv: row 1 (line 2): expected 3 fields, got 4'],
    [
      'unclosed quote',
      'a,b,y\n1,"2,3\n4,5,6\n',
      {},
      'rows.csv: line 2, column 2: the quote that opens here is never closed',
    ],
    [
      'text after a quote',
      'a,b,y\n1,"2"x,3\n',
      {},
      'rows.csv: line 2, column 2: expected a delimiter or the end of the line after the closing quote',
    ],
    [
      'a word for a number',
      'a,b,y\n1,2,3\n4,five,6\n',
      {},
      'rows.csv: row 2 (line 3), column "b": expected a finite number, got "five"',
    ],
    ['NaN', 'a,b,y\nNaN,2,3\n', {}, 'rows.csv: row 1 (line 2), column "a": expected a finite number, got "NaN"'],
    ['infinity', 'a,b,y\n1,2,-inf\n', {}, 'rows.csv: row 1 (line 2), column "y": expected a finite number, got "-inf"'],
    [
      'a number too large',
      'a,b,y\n1e999,2,3\n',
      {},
      'rows.csv: row 1 (line 2), column "a": expected a finite number, got "1e999"',
    ],
    [
      'hexadecimal',
      'a,b,y\n0x10,2,3\n',
      {},
      'rows.csv: row 1 (line 2), column "a": expected a finite number, got "0x10"',
    ],
    [
      'thousands',
      'a;b;y\n1,000;2;3\n',
      {},
      'rows.csv: row 1 (line 2), column "a": expected a finite number, got "1,000"',
    ],
    [
      'a gap',
      'a,b,y\n1,,3\n',
      {},
      'rows.csv: row 1 (line 2), column "b": the value is missing; fill it in, or set data.missing to "drop" or "mean"',
    ],
    ['no such column', 'a,c,y\n1,2,3\n', {}, 'rows.csv: expected a column "b", got "a", "c", "y"'],
    ['a name twice', 'a,b,a\n1,2,3\n', {}, 'rows.csv: expected every column name once, got "a" twice; rename one'],
    ['header only', 'a,b,y\n', {}, 'rows.csv: expected at least one row of data, got none'],
    ['empty', '', {}, 'rows.csv: expected at least one row of data, got none'],
    [
      'half of UTF-16',
      Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x62),
      {},
      'rows.csv: expected a text file in UTF-8, got UTF-16 that is damaged; save it as "CSV UTF-8"',
    ],
    [
      'a zero byte',
      'a,b,y\n1,\0,3',
      {},
      'rows.csv: expected a text file in UTF-8, got a zero byte at offset 8; save it as "CSV UTF-8"',
    ],
    [
      'other bytes',
      Uint8Array.of(0x61, 0xe9, 0x0a),
      {},
      'rows.csv: expected a text file in UTF-8, got bytes that are not UTF-8; save it as "CSV UTF-8"',
    ],
    [
      'other bytes than the encoding has',
      Uint8Array.of(0x61, 0x81, 0xff, 0x0a),
      { encoding: 'shift_jis' },
      'rows.csv: expected a text file in UTF-8, got bytes that are not shift_jis; save it as "CSV UTF-8"',
    ],
    [
      'an encoding that is not known',
      'a,b,y\n1,2,3\n',
      { encoding: 'ebcdic' },
      'data.encoding: expected one of utf-8, windows-1252, windows-1250, windows-1251, shift_jis, gb18030, got "ebcdic"',
    ],
    [
      'a mark that was not named',
      'a,b,y\n1,NA,3\n',
      { missing_values: ['?'] },
      'rows.csv: row 1 (line 2), column "b": expected a finite number, got "NA"',
    ],
    [
      'a mark where nothing may be missing',
      'a,b,y\n1,NA,3\n',
      { missing_values: ['NA'] },
      'rows.csv: row 1 (line 2), column "b": the value is missing; fill it in, or set data.missing to "drop" or "mean"',
    ],
    ['one class', 'a,b,y\n1,2,x\n', { task: 'binary' }, 'data: a binary target needs exactly two classes, got 1 (x)'],
    [
      'three classes for two',
      'a,b,y\n1,2,x\n1,2,y\n1,2,z\n',
      { task: 'binary' },
      'data: a binary target needs exactly two classes, got 3 (x, y, z)',
    ],
    [
      'a class that is not listed',
      'a,b,y\n1,2,x\n1,2,q\n',
      { task: 'binary', classes: ['x', 'z'] },
      'rows.csv: row 2 (line 3), column "y": expected one of "x", "z", got "q"',
    ],
    [
      'no task',
      'a,b,y\n1,2,3\n',
      { task: null },
      'data.task: expected one of regression, binary, multiclass, got nothing',
    ],
    [
      'nothing left to train on',
      'a,b,y\n1,2,3\n',
      { validation: { fraction: 0.9 } },
      'data.validation: expected to leave rows to train on, but 1 of 1 are held out; choose a smaller fraction',
    ],
    [
      'an unknown kind',
      'a',
      { kind: 'parquet' },
      'data.kind: expected one of builtin, csv, formula, generator, idx, images, inline, got "parquet"',
    ],
  ] as const)('%s', async (_, text, more, message) => {
    expect(await rejectionOf(load(text, more))).toBe(message);
  });
});

test.each([
  ['a packed file', [0x1f, 0x8b, 8, 0], 'a file packed with gzip; unpack it first'],
  ['a spreadsheet', [0x50, 0x4b, 3, 4], 'a spreadsheet or a ZIP file; save the sheet as "CSV UTF-8"'],
  ['a picture', [0x89, 0x50, 0x4e, 0x47], 'a PNG picture; bring pictures in as a folder'],
])('%s is called by its name', async (_name, begins, found) => {
  const opened = inspectCsv(Uint8Array.from([...begins, 0, 1, 2]), { path: 'f.csv' });
  expect(await rejectionOf(opened)).toBe(`f.csv: expected a CSV file, got ${found}`);
});

describe('inspection', () => {
  test('guesses delimiter, decimal mark, header and types, and counts what is missing', async () => {
    const TRUE_TO_TYPE = { strays: null };
    const NO_NUMBERS = { min: null, max: null, mean: null, std: null };
    const found = await inspectCsv(bytes('name;size;kind\nx;1,5;cat\ny;;dog\nz;-2,25;cat\n'), { path: 'f.csv' });
    expect(found).toEqual({
      path: 'f.csv',
      delimiter: ';',
      decimal: ',',
      header: true,
      charset: 'utf-8',
      missingValues: [],
      rowCount: 3,
      columns: [
        {
          name: 'name',
          type: 'category',
          missing: 0,
          ...NO_NUMBERS,
          labels: ['x', 'y', 'z'],
          bins: [1, 1, 1],
          ...TRUE_TO_TYPE,
        },
        {
          ...{ name: 'size', type: 'number', missing: 1, min: -2.25, max: 1.5, mean: -0.375, std: 1.875, labels: [] },
          bins: [1, ...Array.from({ length: 18 }, () => 0), 1],
          ...TRUE_TO_TYPE,
        },
        {
          name: 'kind',
          type: 'category',
          missing: 0,
          ...NO_NUMBERS,
          labels: ['cat', 'dog'],
          bins: [2, 1],
          ...TRUE_TO_TYPE,
        },
      ],
      rows: [
        ['x', '1,5', 'cat'],
        ['y', '', 'dog'],
        ['z', '-2,25', 'cat'],
      ],
    });
  });

  test.each([
    ['tabs', 'a\tb\n1\t2\n', '\t', true],
    ['bars', 'a|b\n1|2\n', '|', true],
    ['commas in quotes do not count', 'a;b\n"1,2,3,4";2\n"5,6,7,8";3\n', ';', true],
    ['numbers alone have no header', '1,2\n3,4\n', ',', false],
    ['one column', 'a\n1\n', ',', true],
    ['names that are empty or stand twice, above numbers', 'a,a,,\n1,NA,2,x\n3,4,5,y\n', ',', true],
    ['words that stand twice, above words', 'x,x\ny,x\n', ',', false],
  ] as const)('%s', async (_, text, delimiter, header) => {
    const found = await inspectCsv(bytes(text), { path: 'f.csv' });
    expect([found.delimiter, found.header]).toEqual([delimiter, header]);
  });
});
