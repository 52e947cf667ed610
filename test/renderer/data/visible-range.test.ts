/** What is drawn of long lists: what is in view, and a little more. */
import { expect, test } from 'vitest';
import { visibleRange } from '../../../src-renderer/data/visible-range.ts';

test.each([
  ['at the start', 10_000, 0, { first: 0, end: 14 }],
  ['in the middle', 10_000, 5000, { first: 246, end: 264 }],
  ['at the end', 10_000, 199_800, { first: 9986, end: 10_000 }],
  ['of a list that is short', 3, 0, { first: 0, end: 3 }],
  ['of a list that became shorter than the scroll', 3, 9000, { first: 0, end: 3 }],
  ['of nothing', 0, 0, { first: 0, end: 0 }],
])('%s', (_name, count, scroll, range) => {
  expect(visibleRange(count, 20, { scroll, room: 200 })).toEqual(range);
});
