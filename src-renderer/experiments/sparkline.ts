/** Losses as a tiny line: path data for an SVG of a given size. */
import { minMaxIndices } from '../ui/charts/downsample.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}
interface Extent {
  readonly min: number;
  readonly max: number;
}

const INSET = 1.5;

/** Lowest and highest finite value of all series together. */
export function extentOf(series: readonly (readonly number[])[]): Extent {
  let [min, max] = [Infinity, -Infinity];
  for (const values of series) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return { min, max };
}

/** Empty for fewer than two values; values that are not finite break the line, long series are drawn by their extremes. */
export function sparklinePath(values: readonly number[], { width, height }: Size, extent = extentOf([values])): string {
  if (values.length < 2 || extent.min > extent.max) return '';
  const span = extent.max - extent.min || 1;
  let isDown = false;
  let path = '';
  for (const index of minMaxIndices(values, values.length, width)) {
    const value = values[index] as number;
    if (Number.isFinite(value)) {
      const x = INSET + (index / (values.length - 1)) * (width - 2 * INSET);
      const y = height - INSET - ((value - extent.min) / span) * (height - 2 * INSET);
      path += `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    }
    isDown = Number.isFinite(value);
  }
  return path;
}
