/** Layers in line, and at equal distances. */
import { expect, test } from 'vitest';
import { aligned, distributed } from '../../../src-renderer/commands/align-selection.ts';

const places = { a: { x: 0, y: 5 }, b: { x: 100, y: 30 }, c: { x: 40, y: -10 } };

test('aligning moves along one axis only', () => {
  expect(aligned(places, 'x', Math.max)).toEqual({ a: { x: 100, y: 5 }, b: { x: 100, y: 30 }, c: { x: 100, y: -10 } });
  expect(aligned(places, 'y', Math.min)).toEqual({ a: { x: 0, y: -10 }, b: { x: 100, y: -10 }, c: { x: 40, y: -10 } });
});

test('distributing keeps the ends and the order', () => {
  expect(distributed(places, 'x')).toEqual({ a: { x: 0, y: 5 }, b: { x: 100, y: 30 }, c: { x: 50, y: -10 } });
  expect(distributed({ a: { x: 7, y: 1 } }, 'x')).toEqual({ a: { x: 7, y: 1 } });
});
