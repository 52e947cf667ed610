/** Many numbers as a few: range, mean, spread, length and a histogram. */
import type { Distribution } from '../contract/insights.ts';
import type { Turns } from '../lib/turns.ts';

/** Cells of a histogram. */
export const HISTOGRAM_CELLS = 40;

/** Tells all of its numbers to `visit`, a part at a time, in the same order whenever it is asked. */
export type Told = (visit: (values: ArrayLike<number>) => void) => Turns<void>;

/**
 * Values that are not finite are left out of everything but `count`. They are asked for twice: the second look loses no
 * digits to cancellation.
 * @param key what the values belong to
 */
export function* distributionTurns(key: string, told: Told): Turns<Distribution> {
  const sums = { count: 0, finite: 0, sum: 0, squares: 0, min: Infinity, max: -Infinity };
  yield* told((values) => addTo(sums, values));
  const counts = new Float64Array(HISTOGRAM_CELLS);
  const { count, finite, min, max } = sums;
  if (finite === 0) return { key, count, min: 0, max: 0, mean: 0, std: 0, norm: 0, counts };
  const mean = sums.sum / finite;
  let spread = 0;
  yield* told((values) => {
    spread += fill(values, { min, max, mean }, counts);
  });
  return { key, count, min, max, mean, std: Math.sqrt(spread / finite), norm: Math.sqrt(sums.squares), counts };
}

interface Sums {
  count: number;
  finite: number;
  sum: number;
  squares: number;
  min: number;
  max: number;
}

function addTo(sums: Sums, values: ArrayLike<number>): void {
  let { finite, sum, squares, min, max } = sums;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    finite++;
    sum += value;
    squares += value * value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  Object.assign(sums, { count: sums.count + values.length, finite, sum, squares, min, max });
}

/** Counts the cells; the sum of (x − mean)². */
function fill(
  values: ArrayLike<number>,
  { min, max, mean }: Pick<Distribution, 'min' | 'max' | 'mean'>,
  counts: Float64Array,
): number {
  const scale = max > min ? HISTOGRAM_CELLS / (max - min) : 0;
  let spread = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    const cell = Math.min(HISTOGRAM_CELLS - 1, Math.floor((value - min) * scale));
    counts[cell] = (counts[cell] as number) + 1;
    spread += (value - mean) ** 2;
  }
  return spread;
}
