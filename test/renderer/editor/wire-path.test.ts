/** Ways of wires: back to the left they go between two lines of cards, not across them. */
import { Position } from '@xyflow/svelte';
import { expect, test } from 'vitest';
import { wirePath } from '../../../src-renderer/editor/edges/wire-path.ts';

const ends = { sourcePosition: Position.Right, targetPosition: Position.Left };

test('from the end of a line to the start of the next it runs level, above the cards of that line', () => {
  // Cards are 160 wide and about 100 high; wires are 44 below their tops.
  const { path, label } = wirePath({ ...ends, sourceX: 820, sourceY: 44, targetX: 0, targetY: 244 });
  const points = [...path.matchAll(/(-?[\d.]+)[ ,](-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  const level = points.filter(([, y]) => y === 178).map(([x]) => x);
  expect([Math.max(...level) >= 820, Math.min(...level) <= 0]).toEqual([true, true]);
  expect(label).toEqual({ x: 410, y: 178 });
});

test('to the right it is a curve', () => {
  expect(wirePath({ ...ends, sourceX: 160, sourceY: 44, targetX: 220, targetY: 300 }).path).toContain('C');
});
