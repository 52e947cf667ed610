/** A decoded picture, and how large one may be. */
import { AppError } from '../../lib/errors.ts';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Grey or red, green, blue; what is transparent lies on white. */
  readonly channels: 1 | 3;
  /** [height × width × channels], 0 … 255. */
  readonly pixels: Uint8Array;
}

/** 25 megapixels. */
export const MAX_PIXELS = 25_000_000;
export const MAX_SIDE = 16_384;

/** Checked on what a header declares, before room is made for it. Throws AppError 'data.picture', 'data.too_large'. */
export function checkSize(file: string, width: number, height: number): void {
  const found = `${width} × ${height} pixels`;
  if (width < 1 || height < 1) throw pictureError(file, 'a picture of at least 1 × 1 pixels', found);
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) {
    const limit = `${MAX_SIDE} pixels a side and ${MAX_PIXELS / 1e6} megapixels`;
    throw new AppError('data.too_large', { file, limit, found });
  }
}

export function pictureError(file: string, expected: string, found: string, cause?: unknown): AppError {
  return new AppError('data.picture', { file, expected, found }, cause === undefined ? undefined : { cause });
}
