/** How the engine reads the data files a document names: plain files inside the folder, of a bearable size. */
import { constants } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { DataPlace } from '../../src-core/contract/engine.ts';
import type { ReadFile } from '../../src-core/datasets/define.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { codeOf } from '../store/io.ts';

const MAX_BYTES = 2 ** 31 - 1;

/** More entries than this are no folder of pictures. */
const MAX_ENTRIES = 250_000;
const MAX_DEPTH = 8;

/** Rejects with AppError 'data.unreadable' or 'data.too_large', naming the file as the document does. */
export function readerOf(place: DataPlace): ReadFile {
  const within = async <T>(path: string, use: (full: string) => Promise<T>): Promise<T> => {
    const unreadable = (reason: string, cause?: unknown) =>
      new AppError('data.unreadable', { file: path, reason }, { cause });
    if (path.includes('\0')) throw unreadable('its name holds a zero byte');
    try {
      const full = resolve(place.folder, path);
      if (!place.isOpen && !(await isInside(place.folder, full))) throw unreadable('it lies outside the data folder');
      return await use(full);
    } catch (error) {
      const code = codeOf(error);
      if (error instanceof AppError || code === undefined) throw error;
      throw unreadable(REASONS[code] ?? code, error);
    }
  };
  const read = (path: string): Promise<Uint8Array> => within(path, (full) => readPlainFile(full, path));
  const list = (path: string): Promise<readonly string[]> => within(path, (full) => listFiles(full, path));
  return Object.assign(read, { list });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'it is not a folder',
  EISDIR: 'it is a folder',
};

/** Links are passed over, so that the walk ends and stays below the folder. */
async function listFiles(root: string, path: string): Promise<string[]> {
  const found: string[] = [];
  let seen = 0;
  const walk = async (folder: string, prefix: string, depth: number): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (++seen > MAX_ENTRIES) {
        throw new AppError('data.too_large', { file: path, limit: `${MAX_ENTRIES} entries`, found: 'more' });
      }
      if (entry.name.startsWith('.')) continue;
      const inner = `${prefix}${entry.name}`;
      if (entry.isFile()) found.push(inner);
      else if (entry.isDirectory() && depth < MAX_DEPTH) await walk(join(folder, entry.name), `${inner}/`, depth + 1);
    }
  };
  await walk(root, '', 0);
  return found;
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
