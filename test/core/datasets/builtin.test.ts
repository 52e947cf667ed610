/** The shipped data sets against scikit-learn's copies: test/reference/datasets/export_builtin.py made the numbers. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtins } from '../../../src-core/datasets/builtin/registry.ts';
import { loadData } from '../../../src-core/datasets/load.ts';
import { rejectionOf } from '../../helpers/rejection-of.ts';

interface Facts {
  readonly rows: number;
  readonly classes: readonly string[];
  readonly sizes: readonly number[];
  readonly means: readonly number[];
  readonly first: readonly number[];
  readonly last: readonly number[];
}
const numbers = new URL('../../reference/datasets/builtin.json', import.meta.url);
const reference = JSON.parse(readFileSync(numbers, 'utf8')) as Record<string, Facts>;
const noFiles = () => Promise.reject(new Error('a built-in set reads no file'));
const load = (more: object) => loadData({ kind: 'builtin', ...more }, noFiles);
/** Sums of up to 1,797 float64 numbers in another order. */
const DIGITS = 9;

test.each(Object.keys(builtins))('%s is the published set', async (name) => {
  const data = await load({ name });
  const expected = reference[name.replaceAll('_', '-')];
  const sizes = Object.fromEntries(expected?.classes.map((label, i) => [label, expected.sizes[i]]) ?? []);
  const found = Object.fromEntries(
    data.classes.map((label, i) => [label, data.rawTargets.filter((target) => target === i).length]),
  );
  const width = data.inputNames.length;
  expect(found).toEqual(sizes);
  expect([...data.rawInputs.slice(0, width)]).toEqual(expected?.first);
  expect([...data.rawInputs.slice(-width)]).toEqual(expected?.last);
  data.inputMeans.forEach((mean, i) => expect(mean).toBeCloseTo(expected?.means[i] ?? NaN, DIGITS));
  expect(new Set(data.inputNames).size).toBe(width);
});

test.each(Object.entries(builtins))('%s says where it comes from and what its licence is', (_, set) => {
  expect([set.source, set.licence].every((text) => text.length > 10)).toBe(true);
});

test('rows are held out and standardised as those of a file are', async () => {
  const data = await load({ name: 'iris', standardize: true, validation: { fraction: 0.2 } });
  const means = [0, 1, 2, 3].map(
    (at) => data.training.inputs.filter((_, i) => i % 4 === at).reduce((a, b) => a + b) / 120,
  );
  expect([data.training.count, data.validation?.count]).toEqual([120, 30]);
  means.forEach((mean) => expect(mean).toBeCloseTo(0, DIGITS));
});

test('an unknown set is refused by name', async () => {
  expect(await rejectionOf(load({ name: 'mnist' }))).toBe(
    'data.name: expected one of breast_cancer, digits, iris, wine, got "mnist"',
  );
});
