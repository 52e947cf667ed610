/** One file on its way into the data folder: pieces to a hidden file beside its place, then the whole of it under a free name. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, open, stat, unlink, type FileHandle } from 'node:fs/promises';
import { basename, join, parse } from 'node:path';
import { AppError } from '../../src-core/lib/errors.ts';
import { codeOf, syncFolder, tempPathFor, writeError } from '../store/io.ts';

const MAX_SAME_NAMES = 10_000;

export class Upload {
  readonly #folder: string;
  readonly #name: string;
  readonly #total: number;
  readonly #temp: string;
  readonly #file: FileHandle;
  readonly #hash = createHash('sha256');
  #written = 0;

  private constructor(file: FileHandle, temp: string, { folder, name, total }: UploadTarget) {
    this.#file = file;
    this.#temp = temp;
    this.#folder = folder;
    this.#name = name;
    this.#total = total;
  }

  static async begin(target: UploadTarget): Promise<Upload> {
    const temp = tempPathFor(join(target.folder, target.name));
    const file = await open(temp, 'wx').catch((error: unknown) => {
      throw writeError(join(target.folder, target.name), target.total, error);
    });
    return new Upload(file, temp, target);
  }

  /** The next piece. The name under which the file now stands when this was the last one, else null. */
  async add(offset: number, bytes: Uint8Array): Promise<string | null> {
    const name = this.#name;
    if (offset !== this.#written) throw new AppError('host.upload_order', { name, expected: this.#written, offset });
    if (offset + bytes.byteLength > this.#total) throw new AppError('host.upload_size', { name, total: this.#total });
    try {
      await this.#file.writeFile(bytes); // at the file's end, and all of it
      this.#hash.update(bytes);
      this.#written += bytes.byteLength;
      return this.#written === this.#total ? await this.#finish() : null;
    } catch (error) {
      throw writeError(join(this.#folder, name), this.#total, error);
    }
  }

  /** Leaves nothing behind. Safe after the end. */
  async close(): Promise<void> {
    await this.#file.close().catch(ignoreClosed);
    await unlink(this.#temp).catch(ignoreMissing);
  }

  async #finish(): Promise<string> {
    await this.#file.sync();
    await this.#file.close();
    const digest = this.#hash.digest('hex');
    for (let number = 1; number <= MAX_SAME_NAMES; number++) {
      const name = numbered(this.#name, number);
      if (await this.#placeAs(join(this.#folder, name), digest)) return name;
    }
    throw new AppError('file.cannot_write', { path: this.#name, reason: 'there are too many files of this name' });
  }

  /** Never over another file; the same file again keeps its place. */
  async #placeAs(path: string, digest: string): Promise<boolean> {
    try {
      await link(this.#temp, path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      return (await stat(path)).size === this.#total && (await hashOf(path)) === digest;
    }
    await syncFolder(this.#folder);
    return true;
  }
}

export interface UploadTarget {
  readonly folder: string;
  /** A plain name, checked at the door. */
  readonly name: string;
  readonly total: number;
}

/** "iris.csv", "iris-2.csv", "iris-3.csv", … */
function numbered(name: string, number: number): string {
  const { name: stem, ext } = parse(basename(name));
  return number === 1 ? name : `${stem}-${number}${ext}`;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function ignoreMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}

function ignoreClosed(error: unknown): void {
  if (codeOf(error) !== 'EBADF') throw error;
}
