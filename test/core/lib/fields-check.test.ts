/** Fields: every way a value can break its declaration has its message, and defaults are filled in. */
import { expect, test } from 'vitest';
import { checkFields, resolveParams } from '../../../src-core/lib/fields-check.ts';
import type { Fields } from '../../../src-core/lib/fields.ts';
import type { Json } from '../../../src-core/lib/json.ts';

const text = { label: '', help: '' };
const fields: Fields = {
  units: { kind: 'integer', ...text, min: 1, max: 9 },
  rate: { kind: 'number', ...text, min: 0, max: 1, exclusiveMax: true, default: 0.5 },
  positive: { kind: 'number', ...text, min: 0, exclusiveMin: true, default: 1 },
  on: { kind: 'boolean', ...text, default: true },
  mode: { kind: 'choice', ...text, options: ['a', 'b'], default: 'a' },
  size: { kind: 'integers', ...text, length: 2, min: 1, max: 9, default: null },
  shape: { kind: 'integers', ...text, length: [1, 3], min: 1, max: 9, default: [1] },
  init: {
    kind: 'variant',
    ...text,
    entries: { zeros: {}, normal: { stddev: { kind: 'number', ...text, min: 0, default: 0.05 } } },
    default: 'zeros',
  },
};
const messages = (params: Record<string, Json>) =>
  checkFields(fields, { units: 1, ...params }, 'h1').map(({ message }) => message);

test.each<[string, Json, string]>([
  ['units', 0, 'h1.units: expected a whole number from 1 to 9, got 0'],
  ['units', 1.5, 'h1.units: expected a whole number from 1 to 9, got 1.5'],
  ['units', 2 ** 53, 'h1.units: expected a whole number from 1 to 9, got 9007199254740992'],
  ['units', '2', 'h1.units: expected a whole number from 1 to 9, got "2"'],
  ['units', null, 'h1.units: expected a whole number from 1 to 9, got null'],
  ['units', NaN, 'h1.units: expected a whole number from 1 to 9, got NaN'],
  ['rate', 1, 'h1.rate: expected a number in [0, 1), got 1'],
  ['rate', -0.1, 'h1.rate: expected a number in [0, 1), got -0.1'],
  ['rate', Infinity, 'h1.rate: expected a number in [0, 1), got Infinity'],
  ['positive', 0, 'h1.positive: expected a number > 0, got 0'],
  ['on', 1, 'h1.on: expected true or false, got 1'],
  ['mode', 'c', 'h1.mode: expected one of a, b, got "c"'],
  ['mode', 3, 'h1.mode: expected one of a, b, got 3'],
  ['size', [1], 'h1.size: expected a list of 2 whole numbers from 1 to 9, got [1]'],
  ['size', 3, 'h1.size: expected a list of 2 whole numbers from 1 to 9, got 3'],
  ['size', [1, 0], 'h1.size[1]: expected a whole number from 1 to 9, got 0'],
  ['shape', [], 'h1.shape: expected a list of 1 to 3 whole numbers from 1 to 9, got []'],
  ['init', 'constructor', 'h1.init: expected one of zeros, normal, got "constructor"'],
  ['init', 7, 'h1.init: expected one of zeros, normal, or {"type": name, …}, got 7'],
  ['init', { type: 'normal', stddev: -1 }, 'h1.init.stddev: expected a number ≥ 0, got -1'],
  ['init', { type: 'normal', stddev: '1' }, 'h1.init.stddev: expected a number ≥ 0, got "1"'],
])('%s = %j is reported', (key, value, message) => {
  expect(messages({ [key]: value })).toEqual([message]);
});

test('a key without a default must be there', () => {
  expect(checkFields(fields, {}, 'h1')).toEqual([
    {
      code: 'field.missing',
      path: 'h1.units',
      message: 'h1.units: expected a whole number from 1 to 9, got nothing',
    },
  ]);
});

test('all problems come at once, and unknown keys are none', () => {
  expect(messages({ units: 0, rate: 2, mode: 'x', extra: 'kept' })).toHaveLength(3);
});

test('defaults are filled in, optional keys left out, unknown keys kept', () => {
  expect(resolveParams(fields, { units: 3, size: null, init: 'normal', extra: 1 })).toEqual({
    units: 3,
    rate: 0.5,
    positive: 1,
    on: true,
    mode: 'a',
    shape: [1],
    init: { type: 'normal', stddev: 0.05 },
    extra: 1,
  });
});

test('inherited names are neither values nor entries', () => {
  const odd: Fields = Object.fromEntries([
    ['toString', { kind: 'integer', ...text, min: 0, max: 1, default: 1 } as const],
  ]);
  expect([checkFields(odd, {}, 'n'), resolveParams(odd, {})]).toEqual([[], { toString: 1 }]);
});
