/** The store as a host opens it: the one in the data folder, or a copy that will not be kept where that folder is read-only. */
import { accessSync, constants, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { codeOf } from './io.ts';
import { storeFile } from './folder.ts';
import { openStore, type Store } from './store.ts';

export interface HostStore {
  readonly store: Store;
  /** False: what is done now is lost when Netloom closes. */
  readonly isPersistent: boolean;
  /** Closes the store; a copy is erased. */
  close(): void;
}

/** Throws AppError 'host.store_*' for a store that is damaged, foreign or newer: it is left as it is. */
export function openHostStore(folder: string): HostStore {
  const file = storeFile(folder);
  if (isWritable(folder) && (!existsSync(file) || isWritable(file))) {
    const store = openStore({ file });
    return { store, isPersistent: true, close: () => store.close() };
  }
  const temp = mkdtempSync(join(tmpdir(), 'netloom-'));
  const copy = join(temp, basename(file));
  // Nothing in this process has the original open, so plain copies are safe here.
  for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end);
  const store = openStore({ file: copy });
  return {
    store,
    isPersistent: false,
    close: () => {
      store.close();
      rmSync(temp, { recursive: true });
    },
  };
}

function isWritable(path: string): boolean {
  try {
    if (!existsSync(path)) mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return false;
    throw error;
  }
}
