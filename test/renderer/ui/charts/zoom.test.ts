/** Looking closer at a part of an axis, and finding the way back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curvePart } from '../../../../src-renderer/ui/charts/downsample.ts';
import { panBy, seenRange, zoomAbout, zoomTo } from '../../../../src-renderer/ui/charts/zoom.ts';

const whole = [0, 100] as const;

test('looking closer keeps what lies under the pointer where it is', () => {
  expect(zoomAbout(null, whole, { at: 25, factor: 2 })).toEqual([12.5, 62.5]);
});

test('looking wider ends at the whole', () => {
  expect(zoomAbout([40, 60], whole, { at: 50, factor: 1 / 2 })).toEqual([30, 70]);
  expect(zoomAbout([10, 90], whole, { at: 50, factor: 1 / 2 })).toBeNull();
});

test('moving along stops at the ends, and keeps the width', () => {
  expect(panBy([40, 60], whole, 0.5)).toEqual([50, 70]);
  expect(panBy([40, 60], whole, 9)).toEqual([80, 100]);
  expect(panBy([40, 60], whole, -9)).toEqual([0, 20]);
  expect(panBy(null, whole, 0.5)).toBeNull();
});

test('a drag marks a part in either direction, and one that goes nowhere marks nothing', () => {
  expect([zoomTo(20, 80, whole), zoomTo(80, 20, whole), zoomTo(5, 5, whole)]).toEqual([[20, 80], [20, 80], null]);
});

test('what is seen always lies within the whole, whatever is turned and moved', () => {
  const turn = fc.record({
    at: fc.double({ min: 0, max: 100, noNaN: true }),
    factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 20 }), fc.double({ min: -2, max: 2, noNaN: true }), (turns, share) => {
      const zoom = turns.reduce<ReturnType<typeof zoomAbout>>((now, next) => zoomAbout(now, whole, next), null);
      const [from, to] = seenRange(panBy(zoom, whole, share), whole);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(100);
      expect(to).toBeGreaterThan(from);
    }),
  );
});

test('the part of a curve has one point beyond each edge, so that the line reaches it', () => {
  const curve = { x: Float64Array.of(0, 1, 2, 3, 4, 5, 9), y: [0, 10, 20, 30, 40, 50, 60], length: 6 };
  const { x, y, length } = curvePart(curve, [1.5, 3.5]);
  expect([Array.from(x), Array.from(y), length]).toEqual([[1, 2, 3, 4], [10, 20, 30, 40], 4]);
  expect(curvePart(curve, [-1, 9]).length).toBe(6);
});
