/** Losses as a tiny line: path data for an SVG of a given size. */
import type { RunCurve } from '../../src-core/contract/records.ts';
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
export function sparklinePath(values: readonly number[], size: Size, extent = extentOf([values])): string {
  const indices = [...minMaxIndices(values, values.length, size.width)];
  const points = indices.map((index) => ({ share: index / (values.length - 1), value: values[index] as number }));
  return values.length < 2 ? '' : linePath(points, size, extent);
}

/** A curve that was drawn from parts of its points: each stands at its own epoch. */
export function curvePath({ epochs, values }: Pick<RunCurve, 'epochs' | 'values'>, size: Size, extent: Extent): string {
  const [first, last] = [epochs[0] ?? 0, epochs.at(-1) ?? 0];
  if (first === last) return '';
  const shareOf = (epoch: number): number => (epoch - first) / (last - first);
  const points = Array.from(epochs, (epoch, i) => ({ share: shareOf(epoch), value: values[i] as number }));
  return linePath(points, size, extent);
}

interface PathPoint {
  /** Along the picture, 0 … 1. */
  readonly share: number;
  readonly value: number;
}

function linePath(points: readonly PathPoint[], { width, height }: Size, extent: Extent): string {
  if (extent.min > extent.max) return '';
  const span = extent.max - extent.min || 1;
  let isDown = false;
  let path = '';
  for (const { share, value } of points) {
    if (Number.isFinite(value)) {
      const x = INSET + share * (width - 2 * INSET);
      const y = height - INSET - ((value - extent.min) / span) * (height - 2 * INSET);
      path += `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    }
    isDown = Number.isFinite(value);
  }
  return path;
}
