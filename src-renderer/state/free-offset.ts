/** Where a group of cards that is added comes to lie: beside what is there, never on it. */
import type { Position } from '../../src-core/graph/edit.ts';
import { ROW_PX } from './layout.ts';

/** Cards closer than this overlap: a card with two rows of pictures, and a little air. */
export const CARD = { width: 176, height: 136 };
/** From one try to the next: down by a row, a little to the right, so that it is seen to be another. */
const STEP = { x: 40, y: ROW_PX };

/** True when two cards with these corners overlap, or nearly do. */
export function overlaps(a: Position, b: Position): boolean {
  return Math.abs(a.x - b.x) <= CARD.width && Math.abs(a.y - b.y) <= CARD.height;
}

/** The shortest shift down and to the right with which none of `added` lies on one of `present`. Cost: their product, times the tries. */
export function freeOffset(added: readonly Position[], present: readonly Position[]): Position {
  const isTaken = ({ x, y }: Position): boolean =>
    added.some((place) => present.some((other) => overlaps({ x: place.x + x, y: place.y + y }, other)));
  let offset: Position = STEP;
  // Every try goes further down, and cards only reach so far: it ends.
  while (isTaken(offset)) offset = { x: offset.x + STEP.x, y: offset.y + STEP.y };
  return offset;
}
