/** Down-sampling keeps what the eye would see. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillPoints, minMaxIndices, type Point } from '../../../../src-renderer/ui/charts/downsample.ts';

test('a short curve is drawn whole', () => {
  expect([...minMaxIndices([5, 1, 9], 3, 10)]).toEqual([0, 1, 2]);
});

test('a million points become at most four a bucket, and a single spike survives', () => {
  const y = new Float64Array(1_000_000).fill(1);
  y[765_432] = 50;
  const kept = minMaxIndices(y, y.length, 300);
  expect(kept.length).toBeLessThanOrEqual(1200);
  expect(kept.includes(765_432)).toBe(true);
});

test('indices rise strictly, and first, last, lowest and highest points are always among them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -50, max: 50 })), {
        minLength: 1,
        maxLength: 400,
      }),
      fc.integer({ min: 1, max: 20 }),
      (y, buckets) => {
        const kept = [...minMaxIndices(y, y.length, buckets)];
        const values = kept.map((i) => y[i] ?? NaN);
        expect(kept.every((index, i) => i === 0 || index > (kept[i - 1] ?? index))).toBe(true);
        expect([kept[0], kept.at(-1)]).toEqual([0, y.length - 1]);
        expect([Math.min(...values), Math.max(...values)]).toEqual([Math.min(...y), Math.max(...y)]);
      },
    ),
  );
});

test('the highest and lowest of every bucket are kept, not only those of the whole curve', () => {
  const y = Float64Array.from({ length: 1000 }, (_, i) => (i % 100 === 37 ? 1.5 : i % 100 === 61 ? 0.5 : 1));
  const kept = minMaxIndices(y, y.length, 10);
  const extremes = [...kept].filter((index) => y[index] !== 1).map((index) => index % 100);
  expect(extremes).toEqual(Array.from({ length: 10 }, () => [37, 61]).flat());
});

test('a gap in the curve stays a gap', () => {
  const y = new Float64Array(1000);
  y[500] = NaN;
  expect(minMaxIndices(y, y.length, 10).includes(500)).toBe(true);
});

test('columns are equal parts of the axis, however unevenly the points stand on it', () => {
  // A long run: of its first 40,000 epochs the store draws 600 points, of the newest 40,000 every one is here.
  const past = Array.from({ length: 600 }, (_, i) => Math.round((i * 40_000) / 600));
  const x = Float64Array.from([...past, ...Array.from({ length: 40_000 }, (_, i) => 40_000 + i)]);
  const y = Float64Array.from(x, (epoch) => (epoch < 100 ? 1 : epoch < 500 ? 0.5 : 0));
  const points: Point[] = [];
  fillPoints(points, { x, y, length: x.length }, 200);
  expect(points.filter((point) => point.x < 500).map((point) => point.y)).toEqual([1, 0.5, 0.5, 0.5]);
  expect(points.length).toBeLessThanOrEqual(800);
  const steps = points.map((point, i) => point.x - (points[i - 1]?.x ?? 0));
  expect(Math.max(...steps)).toBeLessThanOrEqual(800); // two columns of 400 epochs
});

test('points are reused from frame to frame and cut to the new length', () => {
  const points: Point[] = [
    { x: 9, y: 9 },
    { x: 9, y: 9 },
    { x: 9, y: 9 },
  ];
  const first = points[0];
  fillPoints(points, { x: [1, 2], y: [3, 4], length: 2 }, 100);
  expect(points).toEqual([
    { x: 1, y: 3 },
    { x: 2, y: 4 },
  ]);
  expect(points[0]).toBe(first);
});
