/** The only module that writes files: whole or not at all, and on the disk before it says so. */
import { randomBytes } from 'node:crypto';
import { accessSync, closeSync, constants, fsyncSync, mkdirSync, mkdtempSync, openSync, statSync } from 'node:fs';
import { open, readdir, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../src-core/lib/errors.ts';

/** `.NAME.<pid>-<random>.netloom-tmp`, beside the file it will become. */
const TEMP = /^\..+\.(\d+)-[0-9a-f]{12}\.netloom-tmp$/;

export function tempPathFor(path: string): string {
  const random = randomBytes(6).toString('hex');
  return join(dirname(path), `.${basename(path)}.${process.pid}-${random}.netloom-tmp`);
}

/**
 * Replaces `path` by `bytes` so that a crash or a power cut at any moment leaves the old file or the new one, never a
 * part: new file beside it, write, fsync, close, rename, fsync of the folder. Throws AppError 'file.*'.
 */
export async function atomicWrite(path: string, bytes: Uint8Array): Promise<void> {
  const file = await AtomicFile.begin(path, bytes.byteLength);
  await file.add(bytes);
  await file.finish();
}

/** The same for bytes that come in pieces. What fails, and what is dropped, leaves nothing behind. */
export class AtomicFile {
  readonly #path: string;
  readonly #temp: string;
  readonly #file: FileHandle;
  /** Of the file that is to be, as far as that is known. */
  #size: number;

  private constructor(
    path: string,
    temp: string,
    { file, size }: { readonly file: FileHandle; readonly size: number },
  ) {
    this.#path = path;
    this.#temp = temp;
    this.#file = file;
    this.#size = size;
  }

  /** @param size bytes that it will have, for the message when there is no room for them */
  static async begin(path: string, size = 0): Promise<AtomicFile> {
    const temp = tempPathFor(path);
    try {
      return new AtomicFile(path, temp, { file: await open(temp, 'wx', await modeOf(path)), size });
    } catch (error) {
      throw writeError(path, size, error);
    }
  }

  async add(bytes: Uint8Array): Promise<void> {
    this.#size = Math.max(this.#size, bytes.byteLength);
    await this.#orNothing(() => this.#file.writeFile(bytes)); // at the file's end, and all of it
  }

  async finish(): Promise<void> {
    await this.#orNothing(async () => {
      await this.#file.sync();
      await this.#file.close();
      await rename(this.#temp, this.#path);
      await syncFolder(dirname(this.#path));
    });
  }

  /** Safe after the end. */
  async drop(): Promise<void> {
    await this.#file.close().catch(ignoreClosed);
    await unlink(this.#temp).catch(ignoreMissing);
  }

  async #orNothing(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      await this.drop();
      throw writeError(this.#path, this.#size, error);
    }
  }
}

const PLAIN_FILE = 0o666;
const MODE_BITS = 0o777;

async function modeOf(path: string): Promise<number> {
  const found = await stat(path).catch(ignoreMissing);
  return found === undefined ? PLAIN_FILE : found.mode & MODE_BITS;
}

/** Makes a rename or a new name in `folder` survive a power cut. Windows cannot open folders and needs no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** As `syncFolder`, for code that runs before anything else can. */
export function syncFolderNow(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Removes what a killed process left half written in `folder`; files of living processes stay. */
export async function removeStaleTemps(folder: string): Promise<void> {
  const names = (await readdir(folder).catch(ignoreMissing)) ?? [];
  for (const name of names) {
    const pid = TEMP.exec(name)?.[1];
    if (pid !== undefined && Number(pid) !== process.pid && !isAlive(Number(pid)))
      await unlink(join(folder, name)).catch(ignoreMissing);
  }
}

/** Creates `folder` and those above it; throws AppError 'file.*'. */
export function ensureFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'EEXIST') throw writeError(folder, 0, error);
    throw new AppError('file.cannot_write', { path: folder, reason: 'no folder can be made there' }, { cause: error });
  }
}

/** Step by step: Node's own `recursive` takes a read-only disk for a missing folder, and never returns below /proc. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  try {
    mkdirSync(folder);
  } catch (error) {
    const isParentMissing = codeOf(error) === 'ENOENT' && dirname(folder) !== folder;
    if (!isParentMissing) throw error;
    makeFolder(dirname(folder));
    mkdirSync(folder);
  }
}

/** A new folder for files that nobody will miss. Throws AppError 'host.no_temporary'. */
export function makeTemporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'netloom-'));
  } catch (cause) {
    throw new AppError('host.no_temporary', { folder: tmpdir(), reason: codeOf(cause) ?? String(cause) }, { cause });
  }
}

/** False on a read-only disk, without permission, and where there is nothing. */
export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM' || code === 'ENOENT') return false;
    throw error;
  }
}

/** True while a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** The system's word for what went wrong, as ENOSPC; undefined for errors that are not the system's. */
export function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}

function ignoreClosed(error: unknown): void {
  if (codeOf(error) !== 'EBADF') throw error;
}

/** A failed write as an error that names the place and says what to do. */
export function writeError(path: string, bytes: number, cause: unknown): Error {
  const code = codeOf(cause);
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('file.no_space', { path, bytes }, { cause });
    case 'EROFS':
      return new AppError('file.read_only', { path }, { cause });
    case 'EACCES':
    case 'EPERM':
      return new AppError('file.not_allowed', { path }, { cause });
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('file.no_folder', { path: dirname(path) }, { cause });
    case undefined:
      return cause instanceof Error ? cause : new Error(String(cause));
    default:
      return new AppError('file.cannot_write', { path, reason: code }, { cause });
  }
}
