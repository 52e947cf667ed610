/** A folder of many small files on its way into the data folder: into a hidden folder first, then the whole of it under a free name. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../src-core/lib/errors.ts';
import { codeOf, isAlive, syncFolder, writeError } from '../store/io.ts';

const MAX_SAME_NAMES = 10_000;
const TEMP = /^\.netloom-folder-(\d+)-[0-9a-f]{12}$/;

export interface FilePiece {
  /** Below the folder, with '/'; checked at the door. */
  readonly path: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export class FolderUpload {
  readonly #folder: string;
  readonly #name: string;
  readonly #temp: string;
  readonly #made = new Set<string>();
  /** The file that the last piece went to, and how much of it there is. */
  #last = { path: '', size: 0 };
  #count = 0;
  readonly #most: number;

  private constructor(folder: string, name: string, { temp, most }: { temp: string; most: number }) {
    this.#folder = folder;
    this.#name = name;
    this.#temp = temp;
    this.#most = most;
  }

  /** @param most files the folder may have */
  static async begin(folder: string, name: string, most: number): Promise<FolderUpload> {
    const temp = join(folder, `.netloom-folder-${process.pid}-${randomBytes(6).toString('hex')}`);
    await mkdir(temp).catch((error: unknown) => {
      throw writeError(join(folder, name), 0, error);
    });
    return new FolderUpload(folder, name, { temp, most });
  }

  /** Pieces in order: a file ends where the next one begins. */
  async add(pieces: readonly FilePiece[]): Promise<void> {
    try {
      for (const piece of pieces) await this.#write(piece);
    } catch (error) {
      throw error instanceof AppError ? error : writeError(join(this.#folder, this.#name), 0, error);
    }
  }

  /** The name under which the folder now stands. Its files are copies: a power cut may cost the last of them. */
  async finish(): Promise<string> {
    for (let number = 1; number <= MAX_SAME_NAMES; number++) {
      const name = number === 1 ? this.#name : `${this.#name}-${number}`;
      if (!(await this.#placeAs(join(this.#folder, name)))) continue;
      await syncFolder(this.#folder);
      return name;
    }
    throw new AppError('file.cannot_write', { path: this.#name, reason: 'there are too many folders of this name' });
  }

  /** Leaves nothing behind. Safe after the end. */
  async close(): Promise<void> {
    await rm(this.#temp, { recursive: true, force: true });
  }

  async #write({ path, offset, bytes }: FilePiece): Promise<void> {
    const isNew = path !== this.#last.path;
    const expected = isNew ? 0 : this.#last.size;
    if (offset !== expected) throw new AppError('host.upload_order', { name: path, expected, offset });
    if (isNew && ++this.#count > this.#most) {
      throw new AppError('data.too_large', { file: this.#name, limit: `${this.#most} files`, found: 'more' });
    }
    const full = join(this.#temp, path);
    if (isNew) await this.#makeFolder(dirname(full));
    const file = await open(full, isNew ? 'wx' : 'a');
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
    this.#last = { path, size: offset + bytes.length };
  }

  async #makeFolder(folder: string): Promise<void> {
    if (this.#made.has(folder)) return;
    await mkdir(folder, { recursive: true });
    this.#made.add(folder);
  }

  /** Never over something else. */
  async #placeAs(path: string): Promise<boolean> {
    try {
      await mkdir(path); // an empty folder may be replaced by a rename, and it keeps the name until then
      await rename(this.#temp, path);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw writeError(path, 0, error);
    }
  }
}

/** Removes what killed processes left half brought in. */
export async function removeStaleFolders(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = TEMP.exec(name)?.[1];
    if (pid === undefined || Number(pid) === process.pid || isAlive(Number(pid))) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}
