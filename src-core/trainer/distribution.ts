/** Many numbers as a few: range, mean, spread, length and a histogram. */
import type { Distribution } from '../contract/insights.ts';

/** Cells of a histogram. */
export const HISTOGRAM_CELLS = 40;

/**
 * Values that are not finite are left out of everything but `count`.
 * @param key what the values belong to
 */
export function distributionOf(key: string, values: ArrayLike<number>): Distribution {
  const count = values.length;
  let [finite, sum, squares, min, max] = [0, 0, 0, Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    finite++;
    sum += value;
    squares += value * value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const counts = new Float64Array(HISTOGRAM_CELLS);
  if (finite === 0) return { key, count, min: 0, max: 0, mean: 0, std: 0, norm: 0, counts };
  const mean = sum / finite;
  const { spread } = fill(values, { min, max, mean }, counts);
  return { key, count, min, max, mean, std: Math.sqrt(spread / finite), norm: Math.sqrt(squares), counts };
}

/** Counts the cells; the spread Σ(x − mean)² comes from a second look, which loses no digits to cancellation. */
function fill(
  values: ArrayLike<number>,
  { min, max, mean }: Pick<Distribution, 'min' | 'max' | 'mean'>,
  counts: Float64Array,
): { spread: number } {
  const scale = max > min ? HISTOGRAM_CELLS / (max - min) : 0;
  let spread = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    const cell = Math.min(HISTOGRAM_CELLS - 1, Math.floor((value - min) * scale));
    counts[cell] = (counts[cell] as number) + 1;
    spread += (value - mean) ** 2;
  }
  return { spread };
}
