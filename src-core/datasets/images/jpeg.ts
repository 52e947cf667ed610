/** Decodes JPEG with jpeg-js, within limits of its own: size, memory, and how often a picture may be scanned. */
import { decode } from 'jpeg-js';
import { checkSize, MAX_PIXELS, pictureError, type Picture } from './define.ts';

const MEGA = 1e6;
const MAX_MEMORY_MB = 512;
/** Progressive pictures have about ten; thousands would keep the decoder busy for minutes. */
const MAX_SCANS = 100;
const MARKER = 0xff;
const START_OF_SCAN = 0xda;

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === MARKER && bytes[1] === 0xd8 && bytes[2] === MARKER;
}

/** Grey pictures come as grey. A turn that a camera only notes (EXIF) is not made. Throws AppError 'data.picture', 'data.too_large'. */
export function decodeJpeg(bytes: Uint8Array, file: string): Picture {
  const frame = readFrame(bytes);
  if (frame !== null) checkSize(file, frame.width, frame.height);
  const scans = countScans(bytes);
  if (scans > MAX_SCANS) throw pictureError(file, `at most ${MAX_SCANS} scans`, String(scans));
  const { width, height, data } = decodeWhole(bytes, file);
  const channels = frame?.components === 1 ? 1 : 3;
  if (channels === 3) return { width, height, channels, pixels: data };
  return {
    width,
    height,
    channels,
    pixels: Uint8Array.from({ length: width * height }, (_, i) => data[i * 3] as number),
  };
}

/** [height × width × 3]; a file that is cut off is an error, not grey below. */
function decodeWhole(bytes: Uint8Array, file: string): { width: number; height: number; data: Uint8Array } {
  try {
    return decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: MAX_PIXELS / MEGA,
      maxMemoryUsageInMB: MAX_MEMORY_MB,
    });
  } catch (error) {
    throw pictureError(file, 'a JPEG picture', error instanceof Error ? error.message : String(error), error);
  }
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

/** What the frame header (SOF0 … SOF2) declares; null where there is none. */
function readFrame(bytes: Uint8Array): Frame | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === MARKER;) {
    const marker = bytes[at + 1] as number;
    if (marker >= 0xc0 && marker <= 0xc2) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), components: bytes[at + 9] as number };
    }
    if (marker === START_OF_SCAN) return null;
    at += marker === MARKER ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** In packed data this marker cannot come up: a byte 255 there is followed by 0. */
function countScans(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(MARKER); at >= 0; at = bytes.indexOf(MARKER, at + 1)) {
    if (bytes[at + 1] === START_OF_SCAN) count++;
  }
  return count;
}
