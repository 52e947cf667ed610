/** Column names of rows that are pictures, and the size of the pictures back from them. */

/** 'pixel_<row>_<column>' in row-major order; with channels 'pixel_<channel>_<row>_<column>'. */
export function pixelNames(shape: readonly number[]): string[] {
  let names = ['pixel'];
  for (const size of shape) {
    names = names.flatMap((name) => Array.from({ length: size }, (_, i) => `${name}_${i}`));
  }
  return names;
}

export interface PictureShape {
  /** 1: grey; 3: red, green, blue. */
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

const PIXEL = /^pixel_(?:(\d+)_)?(\d+)_(\d+)$/;

/** Size of the pictures that rows with those columns are; null for other rows. */
export function pictureShape(columns: readonly string[]): PictureShape | null {
  const [, channel, row, column] = PIXEL.exec(columns.at(-1) ?? '') ?? [];
  if (row === undefined || column === undefined) return null;
  const shape = { channels: Number(channel ?? 0) + 1, height: Number(row) + 1, width: Number(column) + 1 };
  const isDrawable = shape.channels === 1 || shape.channels === 3;
  return isDrawable && shape.channels * shape.height * shape.width === columns.length ? shape : null;
}
