/**
 * Frames over a WebSocket whose other end accepts no message above 1 MiB: a large frame goes as several binary messages after a text
 * message that says how many ("pieces:3"). A binary message that was not announced is a whole frame.
 */
import { AppError } from '../lib/errors.ts';

export const PIECE_BYTES = 512 * 1024;
const MAX_PIECES = 128;
const MEGABYTE = 2 ** 20;
const ANNOUNCEMENT = /^pieces:([1-9][0-9]{0,2})$/;

const bad = (reason: string): AppError => new AppError('host.bad_frame', { reason });

/**
 * Sends a frame, in pieces where it is large.
 * @throws host.too_large above PIECE_BYTES × 128 (64 MiB)
 */
export function sendInPieces(frame: Uint8Array, send: (message: string | Uint8Array) => void): void {
  if (frame.byteLength <= PIECE_BYTES) {
    send(frame);
    return;
  }
  const count = Math.ceil(frame.byteLength / PIECE_BYTES);
  if (count > MAX_PIECES) {
    throw new AppError('host.too_large', {
      sizeMegabytes: Math.ceil(frame.byteLength / MEGABYTE),
      limitMegabytes: (PIECE_BYTES * MAX_PIECES) / MEGABYTE,
    });
  }
  send(`pieces:${count}`);
  for (let piece = 0; piece < count; piece++) {
    send(frame.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES));
  }
}

/** Puts frames together again on the receiving side; holds at most 128 pieces. */
export class PieceJoiner {
  #expected = 0;
  #pieces: Uint8Array[] = [];

  /**
   * The frame that this message completes, or null while pieces are missing.
   * @throws host.bad_frame
   */
  push(message: string | Uint8Array): Uint8Array | null {
    if (typeof message === 'string') return this.#announce(message);
    if (this.#expected === 0) return message;
    if (message.byteLength > PIECE_BYTES) throw bad('a piece of it is too large');
    this.#pieces.push(message);
    if (this.#pieces.length < this.#expected) return null;
    return this.#join();
  }

  #announce(message: string): null {
    const count = Number(ANNOUNCEMENT.exec(message)?.[1]);
    if (this.#expected > 0) throw bad('its pieces are not complete');
    if (!Number.isInteger(count) || count > MAX_PIECES) throw bad('its announcement is unknown');
    this.#expected = count;
    return null;
  }

  #join(): Uint8Array {
    const frame = new Uint8Array(this.#pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
    let offset = 0;
    for (const piece of this.#pieces) {
      frame.set(piece, offset);
      offset += piece.byteLength;
    }
    this.#expected = 0;
    this.#pieces = [];
    return frame;
  }
}
