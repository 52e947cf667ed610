/** Rows that are pictures, drawn small: how large they are, and their pixels as shades of grey. */
import type { DataPreview } from '../../src-core/contract/records.ts';

export interface PictureSize {
  readonly height: number;
  readonly width: number;
}

const PIXEL = /^pixel_(\d+)_(\d+)$/;

/** Size of the pictures that the rows are; null for other rows. */
export function pictureSize({ inputNames }: DataPreview): PictureSize | null {
  const [, row, column] = PIXEL.exec(inputNames.at(-1) ?? '') ?? [];
  if (row === undefined || column === undefined) return null;
  const size = { height: Number(row) + 1, width: Number(column) + 1 };
  return size.height * size.width === inputNames.length ? size : null;
}

/** RGBA of picture `index`: black for 0 (or the least value), white for the largest value of all pictures shown. */
export function pictureBytes(
  { points }: DataPreview,
  size: PictureSize,
  index: number,
): Uint8ClampedArray<ArrayBuffer> {
  const count = size.height * size.width;
  const pixels = points.inputs.subarray(index * count, (index + 1) * count);
  const least = Math.min(0, ...pixels);
  const most = pixels.reduce((high, value) => Math.max(high, value), least + Number.EPSILON);
  const bytes = new Uint8ClampedArray(count * 4).fill(255);
  pixels.forEach((value, i) => bytes.fill(((value - least) / (most - least)) * 255, i * 4, i * 4 + 3));
  return bytes;
}
