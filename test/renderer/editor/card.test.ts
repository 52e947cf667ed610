/** What cards and wires say of shapes. */
import { expect, test } from 'vitest';
import { batchShape, countOnCard, wireShape } from '../../../src-renderer/editor/card.ts';

test('a wire says the shape of a batch, or of one row where that is too long for the room between two cards', () => {
  const shapes = [[8], [16, 8, 8]];
  expect(shapes.map(wireShape)).toEqual(['[N, 8]', '16×8×8']);
  expect(shapes.map(batchShape)).toEqual(['[N, 8]', '[N, 16, 8, 8]']);
});

test('a card counts parameters to the last one while there is room, and in short beyond', () => {
  expect([0, 337, 9_999, 10_000, 180_000, 3_600_060_000].map(countOnCard)).toEqual([
    '0',
    '337',
    '9,999',
    '10k',
    '180k',
    '3.6G',
  ]);
});
