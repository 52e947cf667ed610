/** Unpacks gzip piece by piece, so that a small file that unpacks to gigabytes is stopped at its declared size. */
import { Gunzip } from 'fflate/browser'; // the pure half: the other one loads Node's modules, and broke the built engine

/** gzip packs at most 1,032 to 1. */
export const MOST_PACKED = 1032;
/** So one piece of input gives 4 MB of output at the most. */
const PIECE_BYTES = 4096;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Hands the unpacked bytes to `take` in order, all members of the file one after another; yields the share that is done.
 * @param take may throw to end it
 * Throws Error for what is not gzip or ends too early.
 */
export function* gunzipPieces(bytes: Uint8Array, take: (piece: Uint8Array) => void): Generator<number> {
  const gunzip = new Gunzip((piece) => take(piece));
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    gunzip.push(bytes.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= bytes.length);
    yield Math.min(1, (at + PIECE_BYTES) / bytes.length);
  }
}
