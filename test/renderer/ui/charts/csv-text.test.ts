/** Tables as CSV. */
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvText } from '../../../../src-renderer/ui/charts/csv-text.ts';

test('awkward cells come back the same from an independent reader', () => {
  const rows = [
    ['a,b', 'say "hi"', 'two\nlines'],
    ['', 'ä', '−1'],
  ];
  const text = csvText({ title: 't', columns: ['one', 'two', 'three'], rows });
  expect(Papa.parse<string[]>(text.trimEnd()).data).toEqual([['one', 'two', 'three'], ...rows]);
});

test('numbers are written in full and a missing value is an empty field', () => {
  expect(csvText({ title: 't', columns: ['a', 'b'], rows: [[0.1 + 0.2, null]] })).toBe(
    'a,b\r\n0.30000000000000004,\r\n',
  );
});
