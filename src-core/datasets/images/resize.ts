/**
 * Pictures to the size the network is fed: a triangle filter as wide as the shrinking asks for, so that nothing is
 * skipped. Source: the BILINEAR filter of Pillow's `resize` (libImaging/Resample.c); PyTorch's `interpolate` with
 * `antialias=True` gives the same.
 */
import type { Picture } from './define.ts';

/** What of the old axis makes each place of the new one. */
interface Taps {
  readonly first: Int32Array;
  /** Weights of place i: `width` of them from i·width, zeros behind. */
  readonly weights: Float64Array;
  readonly width: number;
}

function tapsOf(from: number, to: number): Taps {
  const scale = from / to;
  const reach = Math.max(scale, 1);
  const width = Math.ceil(reach) * 2 + 1;
  const first = new Int32Array(to);
  const weights = new Float64Array(to * width);
  for (let i = 0; i < to; i++) {
    const center = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - reach + 0.5));
    const end = Math.min(from, Math.trunc(center + reach + 0.5));
    first[i] = start;
    let sum = 0;
    for (let at = start; at < end; at++) {
      const weight = Math.max(0, 1 - Math.abs((at - center + 0.5) / reach));
      weights[i * width + at - start] = weight;
      sum += weight;
    }
    for (let k = 0; k < width; k++) weights[i * width + k] = (weights[i * width + k] as number) / sum;
  }
  return { first, weights, width };
}

/** Weights for red, green and blue. Source: ITU-R BT.601, as Pillow's `convert("L")`. */
const LUMA = [0.299, 0.587, 0.114];

/** [channels × height × width] before resizing: one plane of grey, or one for each colour. */
function planesOf({ width, height, channels, pixels }: Picture, isGray: boolean): Float64Array[] {
  const size = width * height;
  const plane = (c: number): Float64Array => {
    const values = new Float64Array(size);
    for (let i = 0; i < size; i++) values[i] = pixels[i * channels + c] as number;
    return values;
  };
  if (channels === 1) return isGray ? [plane(0)] : [plane(0), plane(0), plane(0)];
  if (!isGray) return [plane(0), plane(1), plane(2)];
  const [r = 0, g = 0, b = 0] = LUMA;
  const gray = new Float64Array(size);
  for (let i = 0, at = 0; i < size; i++, at += 3) {
    gray[i] = r * (pixels[at] as number) + g * (pixels[at + 1] as number) + b * (pixels[at + 2] as number);
  }
  return [gray];
}

export interface FitOptions {
  readonly height: number;
  readonly width: number;
  readonly grayscale: boolean;
}

/** The picture stretched to height × width, as [channels × height × width] in 0 … 255, not rounded. */
export function fitPicture(picture: Picture, { height, width, grayscale }: FitOptions): Float64Array {
  const planes = planesOf(picture, grayscale);
  const fitted = new Float64Array(planes.length * height * width);
  const across = picture.width === width ? null : tapsOf(picture.width, width);
  const down = picture.height === height ? null : tapsOf(picture.height, height);
  planes.forEach((plane, c) => {
    const wide = across === null ? plane : resizeRows(plane, picture, width, across);
    const done = down === null ? wide : resizeColumns(wide, width, height, down);
    fitted.set(done, c * height * width);
  });
  return fitted;
}

function resizeRows(plane: Float64Array, from: Picture, to: number, { first, weights, width }: Taps): Float64Array {
  const wide = new Float64Array(from.height * to);
  for (let row = 0, at = 0; row < from.height; row++) {
    for (let i = 0; i < to; i++, at++) {
      const start = row * from.width + (first[i] as number);
      const taps = Math.min(width, from.width - (first[i] as number));
      let sum = 0;
      for (let k = 0; k < taps; k++) sum += (weights[i * width + k] as number) * (plane[start + k] as number);
      wide[at] = sum;
    }
  }
  return wide;
}

function resizeColumns(
  plane: Float64Array,
  columns: number,
  to: number,
  { first, weights, width }: Taps,
): Float64Array {
  const rows = plane.length / columns;
  const done = new Float64Array(to * columns);
  for (let i = 0; i < to; i++) {
    const taps = Math.min(width, rows - (first[i] as number));
    for (let k = 0; k < taps; k++) {
      const weight = weights[i * width + k] as number;
      const from = ((first[i] as number) + k) * columns;
      for (let x = 0; x < columns; x++)
        done[i * columns + x] = (done[i * columns + x] as number) + weight * (plane[from + x] as number);
    }
  }
  return done;
}
