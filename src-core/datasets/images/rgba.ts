/** Rows that are pictures, as the bytes a canvas takes. */
import type { PictureShape } from './pixel-names.ts';

/**
 * RGBA of one row [channels × height × width]: black for the least value (or 0), white for the largest.
 * @param range of the pictures shown together; absent: of this one
 */
export function pictureRgba(
  row: ArrayLike<number>,
  { channels, height, width }: PictureShape,
  range?: readonly [number, number],
): Uint8ClampedArray<ArrayBuffer> {
  const [least, most] = range ?? rangeOf(row);
  const size = height * width;
  const bytes = new Uint8ClampedArray(size * 4).fill(255);
  for (let i = 0; i < size; i++) {
    for (let c = 0; c < 3; c++) {
      const value = row[(channels === 1 ? 0 : c) * size + i] as number;
      bytes[i * 4 + c] = ((value - least) / (most - least || 1)) * 255;
    }
  }
  return bytes;
}

/** From 0, or the least value where there are negative ones, to the largest. */
export function rangeOf(values: ArrayLike<number>): [number, number] {
  let [least, most] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
