/** Bytes of a data file to text: UTF-8 only, and a clear word about anything else. */
import { AppError } from '../../lib/errors.ts';

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

/** The text without its byte order mark. Throws AppError 'data.not_table', 'data.not_text', 'data.too_large'. */
export function decodeText(bytes: Uint8Array, file: string): string {
  if (bytes.length > MAX_BYTES) {
    const found = `${Math.ceil(bytes.length / MEBIBYTE)} MiB`;
    throw new AppError('data.too_large', { file, limit: `${MAX_BYTES / MEBIBYTE} MiB`, found });
  }
  const other = KNOWN.find(({ begins }) => begins.every((byte, i) => bytes[i] === byte));
  if (other !== undefined) throw new AppError('data.not_table', { file, ...other });
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
