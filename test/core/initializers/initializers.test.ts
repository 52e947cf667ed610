/** Initialisers: moments and ranges over many draws, fans as PyTorch counts them, the same bytes for the same seed. */
import { describe, expect, test } from 'vitest';
import { fansOf } from '../../../src-core/initializers/fans.ts';
import { drawInitial, initializers } from '../../../src-core/initializers/registry.ts';
import type { JsonObject } from '../../../src-core/lib/json.ts';
import { streamKey } from '../../../src-core/lib/random.ts';
import { sizeOf } from '../../../src-core/tensor/shape.ts';

const SHAPE = [60, 40, 3, 3];
const COUNT = 60 * 40 * 9;
const fanIn = 40 * 9;
const fanOut = 60 * 9;

function draw(spec: string | JsonObject, seed = 1): Float64Array {
  const all = new Float64Array(sizeOf(SHAPE));
  drawInitial({ spec, shape: SHAPE, key: streamKey(seed, 'init', 'n.weight') }, (values, { from }) =>
    all.set(values, from),
  );
  return all;
}

function momentsOf(numbers: Float64Array) {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
  return { mean, deviation: Math.sqrt(variance), largest: Math.max(...numbers.map(Math.abs)) };
}

/** Standard deviations that the definitions ask for; uniform ones have their limit beside. */
const expected: Readonly<
  Record<string, { readonly deviation: number; readonly limit?: number; readonly spec?: JsonObject }>
> = {
  glorot_normal: { deviation: Math.sqrt(2 / (fanIn + fanOut)) },
  glorot_uniform: { deviation: Math.sqrt(2 / (fanIn + fanOut)), limit: Math.sqrt(6 / (fanIn + fanOut)) },
  he_normal: { deviation: Math.sqrt(2 / fanIn) },
  he_uniform: { deviation: Math.sqrt(2 / fanIn), limit: Math.sqrt(6 / fanIn) },
  lecun_normal: { deviation: Math.sqrt(1 / fanIn) },
  normal: { deviation: 0.05 },
  uniform: { deviation: 0.05 / Math.sqrt(3), limit: 0.05 },
};

describe.each(Object.entries(expected))('%s', (name, { deviation, limit }) => {
  const { mean, deviation: found, largest } = momentsOf(draw(name));

  test('has the mean and the deviation of its formula', () => {
    // Five standard errors of a mean and, generously, of a deviation over so many draws.
    expect(Math.abs(mean)).toBeLessThan((5 * deviation) / Math.sqrt(COUNT));
    expect(Math.abs(found / deviation - 1)).toBeLessThan(5 / Math.sqrt(2 * COUNT));
  });

  test('stays in its range', () => {
    expect(largest).toBeLessThanOrEqual(limit ?? 6 * deviation); // six deviations: once in 10⁹ normal draws
    if (limit !== undefined) expect(largest).toBeGreaterThan(0.99 * limit);
  });
});

test('constants are constant', () => {
  const distinct = [draw('zeros'), draw('ones'), draw('constant'), draw({ type: 'constant', value: -0.3 })].map(
    (numbers) => [...new Set(numbers)],
  );
  expect(distinct).toEqual([[0], [1], [0], [-0.3]]);
});

test('parameters of an initialiser are used', () => {
  expect(momentsOf(draw({ type: 'normal', stddev: 2 })).deviation).toBeCloseTo(2, 1);
  expect(momentsOf(draw({ type: 'uniform', limit: 3 })).largest).toBeCloseTo(3, 1);
});

test('the same seed draws the same bytes, another seed others', () => {
  for (const name of Object.keys(expected)) {
    expect(draw(name)).toEqual(draw(name));
    expect(draw(name)).not.toEqual(draw(name, 2));
  }
});

test('fans are those of torch.nn.init', () => {
  // torch.nn.init._calculate_fan_in_and_fan_out of torch.empty(5, 3), (5, 3, 2) and (5, 3, 2, 4)
  expect([fansOf([5, 3]), fansOf([5, 3, 2]), fansOf([5, 3, 2, 4])]).toEqual([
    { fanIn: 3, fanOut: 5 },
    { fanIn: 6, fanOut: 10 },
    { fanIn: 24, fanOut: 40 },
  ]);
});

test('every initialiser is checked here', () => {
  expect(Object.keys(initializers).sort()).toEqual([...Object.keys(expected), 'constant', 'ones', 'zeros'].sort());
});
