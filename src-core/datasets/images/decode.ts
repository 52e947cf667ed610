/** A picture file by what its first bytes say, whatever its name is. */
import type { Picture } from './define.ts';
import { pictureError } from './define.ts';
import { decodeJpeg, isJpeg } from './jpeg.ts';
import { decodePng, isPng } from './png.ts';

export const isPicture = (bytes: Uint8Array): boolean => isPng(bytes) || isJpeg(bytes);

const SHOWN_BYTES = 4;

/** Throws AppError 'data.picture', 'data.too_large'. */
export function decodePicture(bytes: Uint8Array, file: string): Picture {
  if (isPng(bytes)) return decodePng(bytes, file);
  if (isJpeg(bytes)) return decodeJpeg(bytes, file);
  if (bytes.length === 0) throw pictureError(file, 'a PNG or JPEG picture', 'an empty file');
  const first = Array.from(bytes.subarray(0, SHOWN_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  throw pictureError(file, 'a PNG or JPEG picture', `a file that begins with ${first}`);
}
