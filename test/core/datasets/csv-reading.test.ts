/** What CSV files do differently from one another: encodings, marks for no value, names that stand twice. */
import { describe, expect, test } from 'vitest';
import { encodingFromJson, encodingToJson } from '../../../src-core/datasets/encoding-json.ts';
import { inspectCsv } from '../../../src-core/datasets/inspect-csv.ts';
import { loadData } from '../../../src-core/datasets/load.ts';
import { rowsForPrediction } from '../../../src-core/datasets/new-rows.ts';
import { rejectionOf } from '../../helpers/rejection-of.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const columnsOf = async (text: string, more = {}) => {
  const { columns, missingValues } = await inspectCsv(bytes(text), { path: 'f.csv', ...more });
  return [missingValues, columns.map(({ name, type, missing, strays }) => [name, type, missing, strays])];
};

test('marks for no value are known where a column is numbers beside them', async () => {
  expect(await columnsOf('a,b,c\n1,x,NA\n?,NA,NA\n3,y,2\nNA,z,5\n')).toEqual([
    ['?', 'NA'],
    [
      ['a', 'number', 2, null],
      ['b', 'category', 1, null],
      ['c', 'number', 2, null],
    ],
  ]);
});

test('without numbers beside them they are labels', async () => {
  expect(await columnsOf('a,b\nNA,1\nDE,2\n')).toEqual([
    [],
    [
      ['a', 'category', 0, null],
      ['b', 'number', 0, null],
    ],
  ]);
});

test('the few cells that keep a column from being numbers are named, and can be taken for missing', async () => {
  const text = `a\n${'7\n'.repeat(9)}broken\n`;
  expect(await columnsOf(text)).toEqual([[], [['a', 'category', 0, { count: 1, cells: ['broken'] }]]]);
  expect(await columnsOf(text, { missingValues: ['broken'] })).toEqual([['broken'], [['a', 'number', 1, null]]]);
});

test('every column gets a name of its own', async () => {
  const { columns } = await inspectCsv(bytes('a,a,,a (1),\n1,2,3,4,5\n'), { path: 'f.csv' });
  expect(columns.map(({ name }) => name)).toEqual(['a (2)', 'a (3)', 'column 3', 'a (1)', 'column 5']);
});

test.each([
  ['UTF-16 of Windows', [0xff, 0xfe, ...Buffer.from('größe\n1\n', 'utf16le')], 'utf-8', 'größe'],
  ['UTF-16 the other way', [0xfe, 0xff, ...Buffer.from('größe\n1\n', 'utf16le').swap16()], 'utf-8', 'größe'],
  ['UTF-8', [...Buffer.from('größe\n1\n')], 'utf-8', 'größe'],
  ['a spreadsheet on Western Windows', [...Buffer.from('größe\n1\n', 'latin1')], 'windows-1252', 'größe'],
] as const)('%s is read', async (_, written, charset, name) => {
  const found = await inspectCsv(Uint8Array.from(written), { path: 'f.csv' });
  expect([found.charset, found.columns[0]?.name]).toEqual([charset, name]);
});

test('bytes that are in no text are refused, not guessed at', async () => {
  const noise = Uint8Array.of(0x61, 0xe9, 0x02, 0x0a);
  expect(await rejectionOf(inspectCsv(noise, { path: 'f.csv' }))).toBe(
    'f.csv: expected a text file in UTF-8, got bytes that are not UTF-8; save it as "CSV UTF-8"',
  );
});

describe('what a file is read with', () => {
  const spec = { kind: 'csv', path: 'f.csv', inputs: ['größe', 'b'], target: ['y'], task: 'binary', missing: 'mean' };
  const western = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

  test('goes home with the network: new rows are read alike', async () => {
    const reading = { encoding: 'windows-1252', missing_values: ['?'] };
    const file = western('größe,b,y\n1,2,ja\n?,4,nö\n3,6,ja\n');
    const { encoding } = await loadData({ ...spec, ...reading }, () => Promise.resolve(file));
    const saved = encodingFromJson(encodingToJson(spec, encoding), { inputs: 2, targets: 1 });
    expect([saved.charset, saved.missingValues, saved.classes]).toEqual(['windows-1252', ['?'], ['ja', 'nö']]);
    const rows = rowsForPrediction(western('größe,b\n?,1\n'), saved, { file: 'new.csv' });
    expect([...rows.raw]).toEqual([2, 1]); // the mean of 1 and 3 stands in
  });

  test('a column whose name stands twice is asked for by its number', async () => {
    const file = bytes('a,a,y\n1,2,3\n4,5,6\n');
    const twice = { ...spec, inputs: ['a (2)'], task: 'regression' };
    const { training } = await loadData(twice, () => Promise.resolve(file));
    expect([...training.inputs]).toEqual([2, 5]);
  });
});
