/** Looking closer at a part of an axis: ranges in, ranges out. Null stands for the whole axis. */
import type { Range } from './scale.ts';

export type Zoom = Range | null;

/** No part is narrower than this share of the whole. */
const LEAST_SHARE = 1e-6;

/** The range that is seen. */
export function seenRange(zoom: Zoom, whole: Range): Range {
  return zoom ?? whole;
}

/** @param factor above 1: closer · @param at stays where it is on the screen; outside of it, the nearer edge does */
export function zoomAbout(zoom: Zoom, whole: Range, { at, factor }: { at: number; factor: number }): Zoom {
  const [from, to] = seenRange(zoom, whole);
  const span = Math.max((to - from) / factor, (whole[1] - whole[0]) * LEAST_SHARE);
  const kept = Math.max(from, Math.min(to, at));
  const share = to > from ? (kept - from) / (to - from) : 0.5;
  return within([kept - share * span, kept + (1 - share) * span], whole);
}

/** Moves what is seen by a share of its width. */
export function panBy(zoom: Zoom, whole: Range, share: number): Zoom {
  const [from, to] = seenRange(zoom, whole);
  const moved = (to - from) * share;
  const most = Math.max(whole[0] - from, Math.min(whole[1] - to, moved));
  return within([from + most, to + most], whole);
}

/** What was marked by dragging, in any direction; null when that is nothing. */
export function zoomTo(one: number, other: number, whole: Range): Zoom {
  const [from, to] = [Math.min(one, other), Math.max(one, other)];
  return to - from > (whole[1] - whole[0]) * LEAST_SHARE ? within([from, to], whole) : null;
}

function within([from, to]: Range, whole: Range): Zoom {
  if (from <= whole[0] && to >= whole[1]) return null;
  return [Math.max(whole[0], from), Math.min(whole[1], to)];
}
