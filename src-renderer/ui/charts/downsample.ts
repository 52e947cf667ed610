/** Min/max down-sampling: a curve of any length becomes at most four points a pixel column, and no spike is lost. */

export interface Curve {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly length: number;
}

/**
 * Indices to draw, rising: of each of `buckets` equal runs of points the first, lowest, highest and last.
 * NaN breaks a line, so one NaN per bucket that has any is kept too. A short curve is returned whole.
 * @param x rising; buckets are then equal parts of this axis, and points may stand on it as unevenly as they like
 */
export function minMaxIndices(
  y: ArrayLike<number>,
  length: number,
  buckets: number,
  x?: ArrayLike<number>,
): Uint32Array {
  const KEPT = 4;
  if (length <= buckets * KEPT) return Uint32Array.from({ length }, (_, i) => i);
  const kept = new Uint32Array(buckets * (KEPT + 1));
  let count = 0;
  let from = 0;
  for (let bucket = 1; bucket <= buckets; bucket++) {
    const to = bucket === buckets ? length : endOf(bucket / buckets, length, x);
    if (to > from) count = keepBucket(y, from, to, kept, count);
    from = Math.max(from, to);
  }
  return kept.subarray(0, count);
}

/** Index after the last point of this share of the points, or of the axis. */
function endOf(share: number, length: number, x: ArrayLike<number> | undefined): number {
  if (x === undefined) return Math.floor(share * length);
  const [first, last] = [x[0] as number, x[length - 1] as number];
  return firstAtLeast(x, length, first + share * (last - first));
}

function keepBucket(y: ArrayLike<number>, from: number, to: number, kept: Uint32Array, start: number): number {
  let lowest = -1;
  let highest = -1;
  let broken = -1;
  for (let i = from; i < to; i++) {
    const value = y[i] as number;
    if (Number.isNaN(value)) broken = i;
    else {
      if (lowest < 0 || value < (y[lowest] as number)) lowest = i;
      if (highest < 0 || value > (y[highest] as number)) highest = i;
    }
  }
  const chosen = [from, lowest, highest, broken, to - 1].filter((i) => i >= 0).sort((a, b) => a - b);
  let count = start;
  for (const index of chosen) {
    if (count === start || kept[count - 1] !== index) kept[count++] = index;
  }
  return count;
}

export interface Point {
  x: number;
  y: number;
}

/** The part of a curve over a range of x, which rises, with one point on either side so that the line reaches the edges. */
export function curvePart({ x, y, length }: Curve, [from, to]: readonly [number, number]): Curve {
  const start = Math.max(0, firstAtLeast(x, length, from) - 1);
  const end = Math.min(length, firstAtLeast(x, length, to) + 1);
  const cut = (values: ArrayLike<number>): ArrayLike<number> =>
    values instanceof Float64Array ? values.subarray(start, end) : Array.prototype.slice.call(values, start, end);
  return { x: cut(x), y: cut(y), length: Math.max(0, end - start) };
}

/** Index of the first x that is not below `value`. */
function firstAtLeast(x: ArrayLike<number>, length: number, value: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Writes the chosen points of a curve into `target`, reusing the objects that are there. */
export function fillPoints(target: Point[], curve: Curve, buckets: number): void {
  const indices = minMaxIndices(curve.y, curve.length, buckets, curve.x);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    const x = curve.x[index] as number;
    const y = curve.y[index] as number;
    const point = target[i];
    if (point) {
      point.x = x;
      point.y = y;
    } else target[i] = { x, y };
  }
  target.length = indices.length;
}
