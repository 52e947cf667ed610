/** The random streams: pinned bits, moments, independence, order of permutations. */
import { describe, expect, test } from 'vitest';
import { bitsAt, normalAt, Random, streamKey, uniformAt } from '../../../src-core/lib/random.ts';

const DRAWS = 200_000;
const draws = (of: (index: number) => number) => Array.from({ length: DRAWS }, (_, i) => of(i));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('the bits of a stream are the same in every version, or saved runs would not go on as they began', () => {
  const key = streamKey(42, 'dropout', 'h1', 7);
  expect([...key, ...[0, 1, 2, 2 ** 32, 2 ** 40 + 5].map((index) => bitsAt(key, index))]).toEqual(PINNED);
});
/** From test/reference/random/make.py: the formulas of lib/random.ts in Python's whole numbers. */
const PINNED = [3408999839, 1510167979, 571950249, 2281177681, 903330058, 2849135772, 3424671765];

describe('a uniform stream', () => {
  const values = draws((i) => uniformAt(streamKey(1, 'data'), i));

  // The mean of n uniforms has deviation 1/√(12n) = 0.00065, their mean square √(4/45/n) = 0.00067: five of those.
  test('has the moments of [0, 1)', () => {
    expect(mean(values)).toBeCloseTo(0.5, 2);
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(0.0033);
    expect(Math.abs(mean(values.map((x) => x * x)) - 1 / 3)).toBeLessThan(0.0034);
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values.slice(0, 50_000))).toBeLessThan(1);
  });

  test('fills 100 bins evenly', () => {
    const bins = new Float64Array(100);
    for (const value of values) bins[Math.floor(value * 100)] = (bins[Math.floor(value * 100)] ?? 0) + 1;
    const chiSquared = bins.reduce((sum, count) => sum + (count - DRAWS / 100) ** 2 / (DRAWS / 100), 0);
    expect(chiSquared).toBeLessThan(99 + 5 * Math.sqrt(2 * 99)); // mean 99, deviation √198
  });

  test('is not correlated with its neighbours or with another stream', () => {
    const other = draws((i) => uniformAt(streamKey(1, 'data', 1), i));
    const correlation = (a: readonly number[], b: readonly number[]) =>
      12 * mean(a.map((x, i) => (x - 0.5) * ((b[i] ?? 0.5) - 0.5)));
    const limit = 5 / Math.sqrt(DRAWS);
    expect(Math.abs(correlation(values, values.slice(1)))).toBeLessThan(limit);
    expect(Math.abs(correlation(values, other))).toBeLessThan(limit);
  });
});

test('a normal stream has mean 0, variance 1 and fourth moment 3', () => {
  const values = draws((i) => normalAt(streamKey(3, 'init'), i));
  expect(Math.abs(mean(values))).toBeLessThan(5 / Math.sqrt(DRAWS));
  expect(Math.abs(mean(values.map((x) => x ** 2)) - 1)).toBeLessThan(5 * Math.sqrt(2 / DRAWS));
  expect(Math.abs(mean(values.map((x) => x ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / DRAWS));
});

test('seed, purpose and every word choose a stream of their own', () => {
  const keys = [
    streamKey(1, 'init'),
    streamKey(2, 'init'),
    streamKey(1, 'shuffle'),
    streamKey(1, 'init', 0),
    streamKey(1, 'init', '0'),
    streamKey(1, 'init', 'ab', 'c'),
    streamKey(1, 'init', 'a', 'bc'),
    streamKey(2 ** 32 + 1, 'init'),
    streamKey(-1, 'init'),
  ].map((key) => key.join());
  expect(new Set(keys).size).toBe(keys.length);
});

test('a walk along a stream gives the numbers of the stream in order', () => {
  const key = streamKey(5, 'noise');
  const random = new Random(key);
  expect([random.next(), random.next(), random.bits()]).toEqual([uniformAt(key, 0), uniformAt(key, 1), bitsAt(key, 2)]);
});

test('whole numbers below n come up equally often', () => {
  const random = new Random(streamKey(9, 'shuffle'));
  const counts = new Float64Array(7);
  for (let i = 0; i < 70_000; i++) {
    const drawn = random.integer(7);
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }
  expect(Math.max(...counts.map((count) => Math.abs(count - 10_000)))).toBeLessThan(5 * Math.sqrt(10_000));
});

test('every order of three comes up equally often', () => {
  const counts = new Map<string, number>();
  for (let i = 0; i < 60_000; i++) {
    const order = new Random(streamKey(4, 'shuffle', i)).permutation(3).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  expect(Math.max(...[...counts.values()].map((count) => Math.abs(count - 10_000)))).toBeLessThan(
    5 * Math.sqrt(10_000),
  );
});
