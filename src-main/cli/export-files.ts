/** Writes a network in the format that was asked for: one file, or a folder of files. */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadedData } from '../../src-core/datasets/define.ts';
import type { TrainedNetwork } from '../../src-core/formats/define.ts';
import { folderOf } from '../../src-core/formats/folders.ts';
import { bytesOf } from '../../src-core/formats/pieces.ts';
import { formats } from '../../src-core/formats/registry.ts';
import { present } from '../../src-core/lib/assert.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { atomicWrite, codeOf } from '../store/io.ts';
import type { Surroundings } from './define.ts';
import { deliver, jsonText, writeNamed } from './outputs.ts';

export interface ExportRequest {
  readonly format: string;
  /** File or folder; absent: standard output, for formats of one file. */
  readonly out?: string | undefined;
  readonly allowNonFinite?: boolean | undefined;
  readonly json?: boolean | undefined;
  /** The rows the network was trained on, for formats that hold them; null where they are not at hand. */
  readonly rows: () => Promise<LoadedData | null>;
}

/** Throws AppError 'export.folder' where a folder is needed and none was named, and what the formats throw. */
export async function exportNetwork(
  network: TrainedNetwork,
  request: ExportRequest,
  around: Surroundings,
): Promise<void> {
  const { format, out, allowNonFinite = false, json } = request;
  const options = { allowNonFinite, createHash: () => createHash('sha256') };
  const folder = folderOf(format);
  if (folder === undefined) {
    const bytes = bytesOf(present(formats[format], format).write(network, options));
    if (out === undefined) await deliver(bytes, undefined, around);
    else await writeNamed(bytes, out, { json: json === true }, around);
    return;
  }
  if (out === undefined) throw new AppError('export.folder', { format });
  const made = folder.write(network, { ...options, rows: await request.rows() });
  const files = new Map(made.map(({ name, pieces }) => [name, bytesOf(pieces)]));
  await makeFolder(out);
  for (const [name, bytes] of files) await atomicWrite(join(out, name), bytes);
  around.log(`wrote ${[...files.keys()].join(', ')} to ${out}`);
  if (json === true) around.print(jsonText({ folder: out, files: [...files.keys()] }));
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    const reason = code === 'EEXIST' || code === 'ENOTDIR' ? 'a file of that name is in the way' : code;
    throw new AppError('file.cannot_write', { path, reason }, { cause: error });
  }
}
