/** Files that windows write piece by piece where the person chose: beside their place first, then whole and at once. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../src-core/lib/errors.ts';
import { AtomicFile } from '../store/io.ts';

/** More at once are given up, oldest first: their windows are gone. */
const MOST_AT_ONCE = 8;

export class OpenFiles {
  readonly #files = new Map<string, AtomicFile>();

  /** A name for the file that is to stand at `path`. Rejects with AppError 'file.*'. */
  async begin(path: string): Promise<string> {
    const [oldest] = this.#files.keys();
    if (this.#files.size >= MOST_AT_ONCE && oldest !== undefined) await this.drop(oldest);
    const file = randomUUID();
    this.#files.set(file, await AtomicFile.begin(path));
    return file;
  }

  /** The bytes after those before; after a failure nothing of the file is left. */
  async add(file: string, bytes: Uint8Array): Promise<void> {
    await this.#orForgotten(file, (known) => known.add(bytes));
  }

  async finish(file: string): Promise<void> {
    await this.#orForgotten(file, (known) => known.finish());
    this.#files.delete(file);
  }

  /** Leaves nothing behind. Safe after the end. */
  async drop(file: string): Promise<void> {
    const known = this.#files.get(file);
    this.#files.delete(file);
    await known?.drop();
  }

  async close(): Promise<void> {
    for (const file of [...this.#files.keys()]) await this.drop(file);
  }

  async #orForgotten(file: string, work: (known: AtomicFile) => Promise<void>): Promise<void> {
    const known = this.#files.get(file);
    if (known === undefined) throw new AppError('file.given_up', {});
    try {
      await work(known);
    } catch (error) {
      this.#files.delete(file);
      throw error;
    }
  }
}
