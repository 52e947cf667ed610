/** Several files as one: a .zip with a folder in it. */
import { Zip, ZipDeflate } from 'fflate/browser'; // the pure half: the other one loads Node's modules
import type { NamedFile } from './define.ts';
import type { Pieces } from './pieces.ts';

/** Weights hardly get smaller; text does. */
const LEVEL = 1;
/** Bytes compressed between two turns: a few milliseconds. */
const TURN_BYTES = 2 ** 16;
const NOTHING = new Uint8Array(0);

/**
 * @param folder that the files unpack to
 * @param at when it is made, in ms since 1970; zip files know the years 1980 to 2099
 */
export function* zipPieces(folder: string, files: readonly NamedFile[], at: number): Pieces {
  const made: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    made.push(bytes);
  });
  for (const { name, pieces } of files) {
    const entry = new ZipDeflate(`${folder}/${name}`, { level: LEVEL });
    entry.mtime = at;
    zip.add(entry);
    for (const piece of pieces) {
      for (let from = 0; from < (piece?.length ?? 0); from += TURN_BYTES) {
        entry.push(piece?.subarray(from, from + TURN_BYTES) ?? NOTHING);
        yield* made.splice(0);
        yield;
      }
      yield;
    }
    entry.push(NOTHING, true);
    yield* made.splice(0);
  }
  zip.end();
  yield* made;
}
