/** Files as pieces: made a little at a time, so that a large one holds up nobody and is never in memory whole. */

/** Bytes in order, with a few milliseconds of work between two at most; undefined: only time went by. */
export type Pieces = Generator<Uint8Array | undefined, void, undefined>;

/** All of it in one go. */
export function bytesOf(pieces: Iterable<Uint8Array | undefined>): Uint8Array<ArrayBuffer> {
  const parts = [...pieces].filter((piece) => piece !== undefined);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

/** Texts as UTF-8, a piece each. */
export function* encoded(texts: Iterable<string>): Pieces {
  const encoder = new TextEncoder();
  for (const text of texts) yield encoder.encode(text);
}
