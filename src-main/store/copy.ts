/** A store that may be used but not written where it is: its copy elsewhere shows everything and keeps nothing. */
import { accessSync, constants, copyFileSync, existsSync } from 'node:fs';
import { codeOf } from './io.ts';
import { storeFile } from './folder.ts';

/** False where there is no store, or only one of another person. */
export function isReadable(folder: string): boolean {
  try {
    accessSync(storeFile(folder), constants.R_OK);
    return true;
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return false;
  }
}

/**
 * Copies the store of one data folder to another that has none; without a store there it does nothing.
 * Nothing in this process may have the original open: plain reading would drop SQLite's locks on it.
 */
export function copyStore(from: string, to: string): void {
  for (const end of ['', '-wal']) {
    if (existsSync(storeFile(from) + end)) copyFileSync(storeFile(from) + end, storeFile(to) + end);
  }
}
