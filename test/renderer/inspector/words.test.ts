/** What forms show and read. */
import { expect, test } from 'vitest';
import { choiceLabel, parseIntegers } from '../../../src-renderer/inspector/fields/words.ts';
import { parseNumber } from '../../../src-renderer/ui/parse-number.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatShort,
} from '../../../src-renderer/ui/format.ts';

test.each([
  ['3, 3', [3, 3]],
  ['3x5', [3, 5]],
  ['[1 28 28]', [1, 28, 28]],
  ['-2', [-2]],
  ['', null],
  ['3.5', null],
  ['three', null],
])('%j as a list of whole numbers is %j', (text, expected) => {
  expect(parseIntegers(text)).toEqual(expected);
});

test.each([
  ['0.02', 0.02],
  ['0,02', 0.02],
  ['1e-3', 0.001],
  ['−4', -4],
  ['.5', 0.5],
  ['', null],
  ['abc', null],
  ['1e999', null],
  ['0x10', null],
])('%j as a number is %j', (text, expected) => {
  expect(parseNumber(text)).toBe(expected);
});

test.each([
  ['glorot_uniform', 'Glorot uniform'],
  ['leaky_relu', 'Leaky ReLU'],
  ['constructor', 'Constructor'],
])('%s is shown as %s', (name, expected) => {
  expect(choiceLabel(name)).toBe(expected);
});

test('numbers, counts, rates and times are short and exact enough', () => {
  expect([
    formatNumber(0.123456),
    formatNumber(1e-5),
    formatNumber(0),
    formatNumber(NaN),
    formatNumber(12_345_678),
  ]).toEqual(['0.1235', '1.00e-5', '0', 'NaN', '1.23e7']);
  expect([formatCount(1_234_567), formatShort(999), formatShort(412_345), formatShort(2_500_000)]).toEqual([
    '1,234,567',
    '999',
    '412k',
    '2.5M',
  ]);
  expect([formatDuration(2.2), formatDuration(63), formatDuration(3_700)]).toEqual(['0:03', '1:03', '1:01:40']);
});

test.each([
  [0, '0', '0 B'],
  [999, '999', '999 B'],
  [1023, '1.02k', '1020 B'],
  [1024, '1.02k', '1 KB'],
  [999_999, '1M', '977 KB'],
  [52_428_800, '52.4M', '50 MB'],
  [2.5e9, '2.5G', '2.33 GB'],
  [3e15, '3000T', '2730 TB'],
])('%s is %s in short, %s as memory', (value, short, bytes) => {
  expect([formatShort(value), formatBytes(value)]).toEqual([short, bytes]);
});
