/** Typed formulas as data: what is drawn, and the one clear sentence for a formula that gives no numbers. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../src-core/analysis/analyze.ts';
import type { JsonObject } from '../../../src-core/lib/json.ts';
import { loadData } from '../../../src-core/datasets/load.ts';
import { regressionPlane } from '../../../src-core/templates/regression-plane.ts';
import { rejectionOf } from '../../helpers/rejection-of.ts';

const noFiles = () => Promise.reject(new Error('a formula reads no file'));
const load = (more: JsonObject) => loadData({ kind: 'formula', ...more }, noFiles);

test('rows have inputs in their ranges and the value of the formula', async () => {
  const data = await load({ expression: 'y = sin(x1)*x3 + 2*pi', ranges: { x1: [0, 1], x3: [-2, -1] }, samples: 2000 });
  const { inputs, targets } = data.training;
  expect([data.task, data.inputNames, data.targetNames, data.training.count]).toEqual([
    'regression',
    ['x1', 'x2', 'x3'],
    ['y'],
    2000,
  ]);
  for (let row = 0; row < 2000; row++) {
    const [a = NaN, , c = NaN] = inputs.subarray(row * 3);
    expect(targets[row]).toBe(Math.sin(a) * c + 2 * Math.PI);
  }
  const spans = [[0, 1], [-5, 5], [-2, -1]] as const; // prettier-ignore
  data.inputRanges.forEach(([low, high], i) => {
    const [least = 0, most = 0] = spans[i] ?? [];
    expect([low >= least, high < most, (high - low) / (most - least) > 0.99]).toEqual([true, true, true]);
  });
});

test('noise strays uniformly, and the seed chooses the rows', async () => {
  const spec = { expression: '0*x1', samples: 10_000, noise: 0.5 };
  const [first, same, other] = [await load(spec), await load(spec), await load({ ...spec, seed: 2 })];
  const values = [...first.training.targets];
  const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  // The variance of a uniform number in ±½ is 1/12; its mean over 10,000 strays by less than 4 of its own 7.5e-4.
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(3e-3);
  expect([same.sha256 === first.sha256, other.sha256 === first.sha256]).toEqual([true, false]);
});

test('ranges may be a list, which may name more inputs than the formula', async () => {
  const data = await load({ expression: 'x1', ranges: [[0, 1], [5, 6]], samples: 10 }); // prettier-ignore
  expect(data.inputNames).toEqual(['x1', 'x2']);
});

describe('a formula that cannot be used', () => {
  test.each<[JsonObject, string]>([
    [{}, 'data.expression: expected a text, got nothing'],
    [{ expression: 'x1 +' }, 'expression: column 5: expected a number, a name or "(", got the end'],
    [{ expression: 'sin(t)' }, 'data.expression: expected x1, x2, … as its variables, got t'],
    [
      { expression: 'x1', ranges: [[1, 0]] },
      'data.ranges: expected one pair [least, most] for each of x1, x2, …, as a list or by name, with least < most, got [[1,0]]',
    ],
    [
      { expression: 'x1', samples: 0 },
      'data.samples: expected a whole number of at least 1 and at most 10000000, got 0',
    ],
  ])('%j', async (spec, message) => {
    expect(await rejectionOf(load(spec))).toBe(message);
  });

  test('has no value somewhere', async () => {
    expect(await rejectionOf(load({ expression: 'ln(x1)' }))).toMatch(
      /^data\.expression: expected a finite value everywhere in data\.ranges, got NaN at x1 = -\d\.\d+; choose other ranges$/,
    );
  });
});

test('analysis knows the inputs of a formula, and names a wrong range', () => {
  const { document } = regressionPlane;
  const problems = (data: JsonObject) =>
    analyze({ ...document, data: { kind: 'formula', ...data } }).problems.map(({ message }) => message);
  expect(problems({ expression: 'x1*x2' })).toEqual([]);
  expect(problems({ expression: 'x1*x2*x3' })[0]).toMatch(/^data: expected 2 values a row to fill the input shape/);
  expect(problems({ expression: 'x1*x2', ranges: { x2: [1] } })[0]).toMatch(/^data\.ranges: expected one pair/);
});
