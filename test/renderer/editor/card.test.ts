/** What cards and wires say of shapes. */
import { expect, test } from 'vitest';
import { batchShape, wireShape } from '../../../src-renderer/editor/card.ts';

test('a wire says the shape of a batch, or of one row where that is too long for the room between two cards', () => {
  const shapes = [[8], [16, 8, 8]];
  expect(shapes.map(wireShape)).toEqual(['[N, 8]', '16×8×8']);
  expect(shapes.map(batchShape)).toEqual(['[N, 8]', '[N, 16, 8, 8]']);
});
