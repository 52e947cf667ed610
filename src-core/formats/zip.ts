/** Several files as one: a .zip with a folder in it. */
import { zipSync } from 'fflate/browser'; // the pure half: the other one loads Node's modules

/** Weights hardly get smaller; text does. */
const LEVEL = 1;

/**
 * @param folder that the files unpack to
 * @param at when it is made, in ms since 1970; zip files know the years 1980 to 2099
 */
export function zipOf(folder: string, files: ReadonlyMap<string, Uint8Array>, at: number): Uint8Array<ArrayBuffer> {
  const entries = [...files].map(([name, bytes]) => [`${folder}/${name}`, bytes] as const);
  return new Uint8Array(zipSync(Object.fromEntries(entries), { level: LEVEL, mtime: at }));
}
