/** Painting a grid of outputs into pixels. */
import { expect, test } from 'vitest';
import { paintGrid, type GridPaint, type GridValues } from '../../../../src-renderer/ui/charts/paint-grid.ts';

const colors = {
  classes: [
    [0, 0, 200],
    [200, 100, 0],
    [0, 200, 0],
  ],
  neutral: [100, 100, 100],
  broken: [9, 9, 9],
} as const;

function paint(grid: GridValues, options: Omit<GridPaint, 'colors'>): number[][] {
  const pixels = new Uint8ClampedArray(grid.resolution ** 2 * 4);
  paintGrid(grid, { ...options, colors }, pixels);
  return Array.from({ length: pixels.length / 4 }, (_, i) => [...pixels.subarray(i * 4, i * 4 + 3)]);
}

const binary = { reading: { kind: 'binary', low: 0, high: 1 }, discrete: false } as const;

test('the grid row of lowest y is the bottom row of the picture', () => {
  const grid = { resolution: 2, outputCount: 1, values: Float32Array.of(0, 0, 1, 1) };
  const [topLeft, topRight, bottomLeft, bottomRight] = paint(grid, binary);
  expect([topLeft, bottomLeft]).toEqual([topRight, bottomRight]);
  expect(topLeft?.[0]).toBeGreaterThan(150);
  expect(bottomLeft?.[2]).toBeGreaterThan(150);
});

test('a probability of one half is neutral, and one that is no number is marked', () => {
  const grid = { resolution: 2, outputCount: 1, values: Float32Array.of(0.5, NaN, 0.5, 0.5) };
  const [top, , half, broken] = paint(grid, binary);
  for (const channel of half ?? []) expect(Math.abs(channel - 100)).toBeLessThanOrEqual(1);
  expect(top).toEqual(half);
  expect(broken).toEqual([9, 9, 9]);
});

test('a hinge network turns at zero', () => {
  const grid = { resolution: 1, outputCount: 1, values: Float32Array.of(0.01) };
  const [pixel] = paint(grid, { reading: { kind: 'binary', low: -1, high: 1 }, discrete: true });
  expect(pixel?.[0]).toBeGreaterThan(pixel?.[2] ?? 0);
});

test('discrete shading knows two colours and turns exactly at one half', () => {
  const grid = { resolution: 2, outputCount: 1, values: Float32Array.of(0.5, 0.499, 0.01, 0.99) };
  const [low, high, atHalf, below] = paint(grid, { ...binary, discrete: true });
  expect([atHalf, below]).toEqual([high, low]);
});

test('several classes: the largest output gives the colour, its confidence the strength, the first wins a tie', () => {
  const values = Float32Array.of(1 / 3, 1 / 3, 1 / 3, 0, 1, 0, 0.5, 0.5, 0, 0, 0, 1);
  const [firstOfTie, third, even, second] = paint(
    { resolution: 2, outputCount: 3, values },
    {
      reading: { kind: 'multiclass' },
      discrete: false,
    },
  );
  expect(even).toEqual([100, 100, 100]);
  expect(second?.[0]).toBeGreaterThan(150);
  expect(third?.[1]).toBeGreaterThan(150);
  expect(firstOfTie?.[2]).toBeGreaterThan(100);
});

test('a regression surface diverges around the middle of its range', () => {
  const grid = { resolution: 2, outputCount: 1, values: Float32Array.of(-10, 10, 0, 99) };
  const [middle, above, low, high] = paint(grid, {
    reading: { kind: 'regression', low: -10, high: 10 },
    discrete: false,
  });
  for (const channel of middle ?? []) expect(Math.abs(channel - 100)).toBeLessThanOrEqual(1);
  expect([above, low?.[2] === high?.[2]]).toEqual([high, false]);
});
