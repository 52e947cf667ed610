/** Bytes of a data file to text: UTF-8, UTF-16 that says so, or the encoding that was named; a clear word about anything else. */
import { AppError } from '../../lib/errors.ts';

/** What bytes that are not UTF-8 may be said to be, as the Encoding standard names it (https://encoding.spec.whatwg.org). */
export const CHARSETS = ['utf-8', 'windows-1252', 'windows-1250', 'windows-1251', 'shift_jis', 'gb18030'] as const;
export type Charset = (typeof CHARSETS)[number];

/** V8 holds at most 2^29 − 24 characters in a string; half of that leaves room for the parsed rows. */
const MAX_BYTES = 2 ** 28;
const MEBIBYTE = 2 ** 20;
/** Files that people take for tables, by their first bytes. */
const KNOWN = [
  { begins: [0x1f, 0x8b], found: 'a file packed with gzip', advice: 'unpack it first' },
  { begins: [0x50, 0x4b, 3, 4], found: 'a spreadsheet or a ZIP file', advice: 'save the sheet as "CSV UTF-8"' },
  { begins: [0xd0, 0xcf, 0x11, 0xe0], found: 'an old spreadsheet', advice: 'save the sheet as "CSV UTF-8"' },
  { begins: [0x50, 0x41, 0x52, 0x31], found: 'a Parquet file', advice: 'write it as CSV' },
  { begins: [0x89, 0x50, 0x4e, 0x47], found: 'a PNG picture', advice: 'bring pictures in as a folder' },
  { begins: [0xff, 0xd8, 0xff], found: 'a JPEG picture', advice: 'bring pictures in as a folder' },
  { begins: [0x25, 0x50, 0x44, 0x46], found: 'a PDF file', advice: 'save the table as CSV' },
] as const;

/**
 * The text without its byte order mark.
 * @param charset how bytes are read that are not UTF-8; default 'utf-8': not at all
 * Throws AppError 'data.not_table', 'data.not_text', 'data.too_large'.
 */
export function decodeText(bytes: Uint8Array, file: string, charset: Charset = 'utf-8'): string {
  if (bytes.length > MAX_BYTES) {
    const found = `${Math.ceil(bytes.length / MEBIBYTE)} MiB`;
    throw new AppError('data.too_large', { file, limit: `${MAX_BYTES / MEBIBYTE} MiB`, found });
  }
  const other = KNOWN.find(({ begins }) => begins.every((byte, i) => bytes[i] === byte));
  if (other !== undefined) throw new AppError('data.not_table', { file, ...other });
  const wide = WIDE.find(({ begins }) => begins.every((byte, i) => bytes[i] === byte));
  if (wide !== undefined) return decode(bytes, wide.charset) ?? refuse(file, 'UTF-16 that is damaged');
  const zero = bytes.indexOf(0);
  if (zero >= 0) return refuse(file, `a zero byte at offset ${zero}`);
  const text = decode(bytes, 'utf-8') ?? (charset === 'utf-8' ? null : decode(bytes, charset));
  return text ?? refuse(file, charset === 'utf-8' ? 'bytes that are not UTF-8' : `bytes that are not ${charset}`);
}

/** What bytes are read as when nobody says: most files that are not UTF-8 come from programs on Western Windows. */
export function guessCharset(bytes: Uint8Array): Charset {
  if (decode(bytes, 'utf-8') !== null) return 'utf-8';
  return bytes.some((byte) => byte < SPACE && !BLANKS.includes(byte)) ? 'utf-8' : 'windows-1252';
}
const SPACE = 0x20;
/** Tab, line feed, form feed, carriage return: other control characters are in no table. */
const BLANKS: readonly number[] = [9, 10, 12, 13];

/** Byte order marks of UTF-16. */
const WIDE = [
  { begins: [0xff, 0xfe], charset: 'utf-16le' },
  { begins: [0xfe, 0xff], charset: 'utf-16be' },
] as const;

/** Null for bytes that are none of it. */
function decode(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function refuse(file: string, reason: string): never {
  throw new AppError('data.not_text', { file, reason });
}
