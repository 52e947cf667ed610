/** The formulas of the generators, recomputed here from their documentation. */
import { describe, expect, test } from 'vitest';
import type { GeneratedData } from '../../../src-core/datasets/define.ts';
import { generators } from '../../../src-core/datasets/registry.ts';
import { resolveParams } from '../../../src-core/lib/fields-check.ts';

function rowsOf(name: string, options: { samples?: number; noise?: number } = {}) {
  const definition = generators[name];
  if (definition === undefined) throw new Error(`no generator ${name}`);
  const params = resolveParams(definition.fields, {});
  const made: GeneratedData = definition.generate({ samples: 400, noise: 0, seed: 1, params, ...options });
  const width = made.inputNames.length;
  return Array.from(made.targets, (target, row) => ({
    x: Array.from(made.inputs.subarray(row * width, (row + 1) * width)) as [number, number],
    target,
  }));
}

describe('spiral', () => {
  test('puts arm 0 first and follows the formula of formats.md row by row', () => {
    const n = 200;
    const expected = [0, 1].flatMap((arm) =>
      Array.from({ length: n }, (_, i) => {
        const r = (5 * i) / n;
        const a = (3.5 * Math.PI * i) / n + arm * Math.PI;
        return { x: [r * Math.sin(a) + 0, r * Math.cos(a) + 0], target: arm };
      }),
    );
    expect(rowsOf('spiral')).toEqual(expected);
  });

  test('moves every coordinate by at most the noise, evenly to both sides', () => {
    const still = rowsOf('spiral').flatMap(({ x }) => x);
    const moves = rowsOf('spiral', { noise: 0.1 }).flatMap(({ x }, row) =>
      x.map((value, i) => value - (still[row * 2 + i] ?? NaN)),
    );
    expect(Math.max(...moves.map(Math.abs))).toBeLessThanOrEqual(0.1);
    // Uniform on ±0.1: deviation 0.0577; the mean of 800 has 0.002.
    expect(Math.abs(moves.reduce((sum, move) => sum + move, 0) / moves.length)).toBeLessThan(0.0102);
    expect(Math.max(...moves)).toBeGreaterThan(0.095);
  });

  test('gives the first arm the odd row', () => {
    expect(rowsOf('spiral', { samples: 5 }).map(({ target }) => target)).toEqual([0, 0, 0, 1, 1]);
  });
});

test('circle: the second class lies in the disc, the first in the ring', () => {
  const radii = rowsOf('circle').map(({ x, target }) => ({ r: Math.hypot(...x), target }));
  expect(radii.every(({ r, target }) => (target === 1 ? r < 2.5 : r >= 3.5 - 1e-12 && r < 5))).toBe(true);
});

test('xor: the class says whether exactly one input is positive', () => {
  expect(rowsOf('xor').every(({ x: [a, b], target }) => (a > 0 !== b > 0 ? 1 : 0) === target)).toBe(true);
});

test('linear: the classes keep their distance from the line', () => {
  const sides = rowsOf('linear').map(({ x: [a, b], target }) => ((a + b) / Math.SQRT2) * (target === 1 ? 1 : -1));
  expect(Math.min(...sides)).toBeGreaterThanOrEqual(0.5 - 1e-12);
});

test('plane and sine: the values are those of their formulas', () => {
  expect(rowsOf('plane').every(({ x: [a, b], target }) => target === (a + b) / 10)).toBe(true);
  expect(rowsOf('sine').every(({ x: [a], target }) => target === Math.sin(a))).toBe(true);
});

test('moons: every point lies on its half circle', () => {
  const off = rowsOf('moons').map(({ x: [a, b], target }) => {
    const side = target === 1 ? -1 : 1;
    return Math.hypot(side * a + 1.5, side * b + 0.75) - 3;
  });
  expect(Math.max(...off.map(Math.abs))).toBeLessThan(1e-12);
});

test('rings: class c of three lies at radius 5(c + 1)/3', () => {
  const off = rowsOf('rings').map(({ x, target }) => Math.hypot(...x) - (5 * (target + 1)) / 3);
  expect(Math.max(...off.map(Math.abs))).toBeLessThan(1e-12);
});

test('parity: the class is the number of ones, odd or even', () => {
  expect(rowsOf('parity').every(({ x, target }) => x.reduce((sum, bit) => sum + bit, 0) % 2 === target)).toBe(true);
});

describe.each([
  ['gauss', [-2, -2], 0.7],
  ['blobs', [0, 4], 0.6],
] as const)('%s', (name, centre, deviation) => {
  test('has its first cloud where and as wide as documented', () => {
    const cloud = rowsOf(name, { samples: 30_000 }).filter(({ target }) => target === 0);
    for (const axis of [0, 1] as const) {
      const mean = cloud.reduce((sum, { x }) => sum + x[axis], 0) / cloud.length;
      const variance = cloud.reduce((sum, { x }) => sum + (x[axis] - mean) ** 2, 0) / cloud.length;
      expect(Math.abs(mean - centre[axis])).toBeLessThan((5 * deviation) / Math.sqrt(cloud.length));
      expect(Math.abs(Math.sqrt(variance) - deviation)).toBeLessThan((5 * deviation) / Math.sqrt(2 * cloud.length));
    }
  });
});
