/** Which of many equally large items are in view: only those are drawn, so that ten thousand cost as much as ten. */

export interface VisibleRange {
  readonly first: number;
  /** Behind the last one. */
  readonly end: number;
}

/** Items drawn before and after those in view, so that a short scroll shows no gap. */
const SPARE = 4;

/**
 * @param scroll how far the box is scrolled, in pixels
 * @param room inner size of the box
 * @param size of an item
 */
export function visibleRange(
  count: number,
  size: number,
  { scroll, room }: { scroll: number; room: number },
): VisibleRange {
  const first = Math.max(0, Math.min(count, Math.floor(scroll / size)) - SPARE);
  return { first, end: Math.min(count, Math.ceil((scroll + room) / size) + SPARE) };
}
