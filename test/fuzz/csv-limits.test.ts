/** CSV files made to be slow or large: each is refused (or read) soon, with one clear sentence. */
import { expect, test } from 'vitest';
import { loadData } from '../../src-core/datasets/load.ts';
import { rejectionOf } from '../helpers/rejection-of.ts';
import { survive, withinMemory } from './survival.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const HEAD = 'a,b,y\n1,2,3\n';
const MEGABYTE = 2 ** 20;
const wide = (count: number, cell: string): string => Array.from({ length: count }, () => cell).join(',');
const utf16 = Uint8Array.from([0xff, 0xfe, ...Buffer.from(HEAD, 'utf16le')]);
const zero = encode(`${HEAD}1,\u0000,3\n`);

test.each([
  ['100,001 columns', encode(`${wide(100_001, 'x')}\n`), 'f.csv: expected at most 10000 columns, got more in line 1'],
  [
    'a row of 100,001 cells',
    encode(`${HEAD}${wide(100_001, '7')}\n`),
    'f.csv: expected at most 10000 columns, got more in line 3',
  ],
  [
    'a line of 10 MB',
    encode(`${HEAD}${'7'.repeat(10 * MEGABYTE)}\n`),
    'f.csv: expected at most 1000000 characters a field, got 10485760 in line 3',
  ],
  [
    'a quote over 10 MB that never closes',
    encode(`${HEAD}1,"${'7\n'.repeat(5 * MEGABYTE)}`),
    'f.csv: line 3, column 2: the quote that opens here is never closed',
  ],
  [
    'a quote over 10 MB that does close',
    encode(`${HEAD}1,"${'7\n'.repeat(5 * MEGABYTE)}",3\n`),
    'f.csv: expected at most 1000000 characters a field, got 10485760 in line 3',
  ],
  [
    'half of UTF-16',
    utf16.subarray(0, -1),
    'f.csv: expected a text file in UTF-8, got UTF-16 that is damaged; save it as "CSV UTF-8"',
  ],
  ['a zero byte', zero, 'f.csv: expected a text file in UTF-8, got a zero byte at offset 14; save it as "CSV UTF-8"'],
  ['a head alone', encode('a,b,y\n'), 'f.csv: expected at least one row of data, got none'],
  ['nothing', encode(''), 'f.csv: expected at least one row of data, got none'],
] as const)('%s', async (_, bytes, message) => {
  const spec = { kind: 'csv', path: 'f.csv', inputs: ['a', 'b'], target: ['y'], task: 'regression' };
  await withinMemory(async () => {
    await survive(async () => {
      expect(await rejectionOf(loadData(spec, () => Promise.resolve(bytes)))).toBe(message);
    });
  });
});

test('LF, CRLF and CR in one file end lines alike', async () => {
  const spec = { kind: 'csv', path: 'f.csv', inputs: ['a'], target: ['y'], task: 'regression' };
  const data = await loadData(spec, () => Promise.resolve(encode('a,y\r1,2\r\n3,4\n5,6')));
  expect([...data.training.inputs, ...data.training.targets]).toEqual([1, 3, 5, 2, 4, 6]);
});
