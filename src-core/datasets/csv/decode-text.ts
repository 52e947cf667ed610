/** Bytes of a data file to text: UTF-8 only, and a clear word about anything else. */
import { AppError } from '../../lib/errors.ts';

/** V8 holds at most 2^29 − 24 characters in a string; half of that leaves room for the parsed rows. */
const MAX_BYTES = 2 ** 28;
const MEBIBYTE = 2 ** 20;

/** The text without its byte order mark. Throws AppError 'data.not_text', 'data.too_large'. */
export function decodeText(bytes: Uint8Array, file: string): string {
  if (bytes.length > MAX_BYTES) {
    const found = `${Math.ceil(bytes.length / MEBIBYTE)} MiB`;
    throw new AppError('data.too_large', { file, limit: `${MAX_BYTES / MEBIBYTE} MiB`, found });
  }
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new AppError('data.not_text', { file, reason: 'UTF-16' });
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw new AppError('data.not_text', { file, reason: `a zero byte at offset ${zero}` });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (error) {
    throw new AppError('data.not_text', { file, reason: 'bytes that are not UTF-8' }, { cause: error });
  }
}
