/** How the engine reads the data files a document names: plain files inside the folder, of a bearable size. */
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import type { DataPlace } from '../../src-core/contract/engine.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { codeOf } from '../store/io.ts';

const MAX_BYTES = 2 ** 31 - 1;

/** Rejects with AppError 'data.unreadable' or 'data.too_large', naming the file as the document does. */
export function readerOf(place: DataPlace): (path: string) => Promise<Uint8Array> {
  return async (path) => {
    const unreadable = (reason: string, cause?: unknown) =>
      new AppError('data.unreadable', { file: path, reason }, { cause });
    if (path.includes('\0')) throw unreadable('its name holds a zero byte');
    try {
      const full = resolve(place.folder, path);
      if (!place.isOpen && !(await isInside(place.folder, full))) throw unreadable('it lies outside the data folder');
      return await readPlainFile(full, path);
    } catch (error) {
      const code = codeOf(error);
      if (error instanceof AppError || code === undefined) throw error;
      throw unreadable(code === 'ENOENT' ? 'there is no such file' : code, error);
    }
  };
}

/** By real paths, so that a link inside the folder does not lead out of it. */
async function isInside(folder: string, path: string): Promise<boolean> {
  const step = relative(await realpath(folder), await realpath(path));
  return step !== '' && !isAbsolute(step) && step.split(/[/\\]/)[0] !== '..';
}

/** Opened without waiting: a named pipe would otherwise hold up the engine for ever. */
async function readPlainFile(full: string, path: string): Promise<Uint8Array> {
  const file = await open(full, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await file.stat();
    if (!found.isFile()) throw new AppError('data.unreadable', { file: path, reason: 'it is not a file' });
    if (found.size > MAX_BYTES)
      throw new AppError('data.too_large', { file: path, limit: '2 GB', found: `${found.size} bytes` });
    return await file.readFile();
  } finally {
    await file.close();
  }
}
