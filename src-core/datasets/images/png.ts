/**
 * Decodes PNG: every colour type, depth and interlacing. Chunks that are no pixels are never unpacked, and pixels only
 * up to the size that the header declares. Source: W3C, "Portable Network Graphics Specification, Second Edition".
 */
import { Unzlib } from 'fflate/browser';
import { AppError } from '../../lib/errors.ts';
import { MOST_PACKED } from '../idx/gunzip.ts';
import { crc32 } from './crc.ts';
import { checkSize, pictureError, type Picture } from './define.ts';
import { readLines, unpackedSize, type PngHeader, type PngColors } from './png-lines.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const WORD = 4;
const HEADER_BYTES = 13;
/** Packed bytes at once: some 4 MB of pixels at the most. */
const PIECE_BYTES = 4096;
/** Allowed depths of each colour type. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const IS_PALETTE = 3;
/** Bit 5 of a chunk's first letter: lower case, may be left out. */
const ANCILLARY = 0x20;

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** Throws AppError 'data.picture' with the place of what is wrong, 'data.too_large'. */
export function decodePng(bytes: Uint8Array, file: string): Picture {
  let header: PngHeader | null = null;
  let palette: Uint8Array | null = null;
  let alpha: Uint8Array | null = null;
  const packed: Uint8Array[] = [];
  for (const { type, data } of readChunks(bytes, file)) {
    if (header === null) header = readHeader(type, data, file);
    else if (type === 'PLTE') palette = data;
    else if (type === 'tRNS') alpha = data;
    else if (type === 'IDAT') packed.push(data);
    else if (((type.codePointAt(0) ?? 0) & ANCILLARY) === 0) {
      throw pictureError(file, 'chunks that PNG knows', `a chunk ${JSON.stringify(type)}`);
    }
  }
  if (header === null) throw pictureError(file, 'a header (IHDR)', 'the end of the file');
  if (header.colorType === IS_PALETTE && palette === null) throw pictureError(file, 'a palette (PLTE)', 'none');
  const colors: PngColors = { palette: palette ?? new Uint8Array(0), alpha: alpha ?? new Uint8Array(0) };
  return readLines(unpack(packed, header, file), { header, colors, file });
}

/** Up to IEND; every checksum is checked. */
function* readChunks(bytes: Uint8Array, file: string): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = SIGNATURE.length;
  for (;;) {
    const isCut = (length: number): boolean => at + 3 * WORD + length > bytes.length;
    if (isCut(0)) throw pictureError(file, `a chunk at byte ${at}`, 'the end of the file');
    const length = view.getUint32(at);
    const type = String.fromCodePoint(...bytes.subarray(at + WORD, at + 2 * WORD));
    if (isCut(length)) {
      throw pictureError(file, `${length} bytes of chunk ${JSON.stringify(type)} at byte ${at}`, 'the end of the file');
    }
    const end = at + 2 * WORD + length;
    if (crc32(bytes.subarray(at + WORD, end)) !== view.getUint32(end)) {
      throw pictureError(
        file,
        `the checksum of chunk ${JSON.stringify(type)} at byte ${end}`,
        'another: it is damaged',
      );
    }
    if (type === 'IEND') return;
    yield { type, data: bytes.subarray(at + 2 * WORD, end) };
    at = end + WORD;
  }
}

function readHeader(type: string, data: Uint8Array, file: string): PngHeader {
  if (type !== 'IHDR' || data.length !== HEADER_BYTES) {
    throw pictureError(file, `a header (IHDR) of ${HEADER_BYTES} bytes`, `${JSON.stringify(type)} of ${data.length}`);
  }
  const view = new DataView(data.buffer, data.byteOffset, HEADER_BYTES);
  const [width, height] = [view.getUint32(0), view.getUint32(WORD)];
  checkSize(file, width, height);
  const [depth = 0, colorType = 0, method = 0, filter = 0, interlace = 0] = data.subarray(2 * WORD);
  if (DEPTHS[colorType]?.includes(depth) !== true) {
    throw pictureError(file, 'a colour type and depth of PNG', `type ${colorType} of ${depth} bits`);
  }
  if (method !== 0 || filter !== 0 || interlace > 1) {
    const found = `method ${method}, filter ${filter}, interlacing ${interlace}`;
    throw pictureError(file, 'method 0, filter 0 and interlacing 0 or 1', found);
  }
  return { width, height, depth, colorType, isInterlaced: interlace === 1 };
}

/** Exactly the bytes that the header declares; a file that holds more is left off at the first piece too many. */
function unpack(packed: readonly Uint8Array[], header: PngHeader, file: string): Uint8Array {
  const size = unpackedSize(header);
  const sum = packed.reduce((total, { length }) => total + length, 0);
  if (size > sum * MOST_PACKED) {
    throw pictureError(file, `${size} bytes of pixels`, `a file that holds at most ${sum * MOST_PACKED}`);
  }
  const lines = new Uint8Array(size);
  let filled = 0;
  const inflate = new Unzlib((piece) => {
    if (piece.length > size - filled) throw pictureError(file, `${size} bytes of pixels`, 'more');
    lines.set(piece, filled);
    filled += piece.length;
  });
  try {
    for (const [i, data] of packed.entries()) {
      for (let at = 0; at < data.length; at += PIECE_BYTES) {
        const isLast = i === packed.length - 1 && at + PIECE_BYTES >= data.length;
        inflate.push(data.subarray(at, at + PIECE_BYTES), isLast);
      }
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw pictureError(file, 'pixels packed with zlib', error instanceof Error ? error.message : String(error), error);
  }
  if (filled < size) throw pictureError(file, `${size} bytes of pixels`, `${filled}`);
  return lines;
}
