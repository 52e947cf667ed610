/** Brings a file to the host in pieces that stay under the wire's message cap. */
import { UPLOAD_PIECE_BYTES } from '../../src-core/contract/data.ts';
import type { HostState } from './host.svelte.ts';

type Services = NonNullable<HostState['services']>;

interface UploadOptions {
  /** Name in the app's own folder of data files. */
  readonly name: string;
  /** 0 … 1, after every piece. */
  readonly onprogress: (share: number) => void;
  /** Ends the upload before its next piece. */
  readonly signal: AbortSignal;
}

/** @returns the path that a document names it by; null when it was given up */
export async function uploadFile(services: Services, file: Blob, options: UploadOptions): Promise<string | null> {
  const { name, onprogress, signal } = options;
  const total = file.size;
  let offset = 0;
  do {
    if (signal.aborted) return null;
    const piece = file.slice(offset, offset + UPLOAD_PIECE_BYTES);
    const bytes = new Uint8Array(await piece.arrayBuffer());
    const { path } = await services.data.upload({ name, offset, total, bytes });
    offset += bytes.length;
    onprogress(total === 0 ? 1 : offset / total);
    if (path !== null) return path;
  } while (offset < total);
  throw new Error(`${name}: expected the host to keep the file after its last piece`);
}

const LONGEST_NAME = 120;

/** A name the host takes: no folders, no leading dot, not too long, ending as it did. */
export function safeName(name: string): string {
  const plain = name
    .replace(/[/\\:\0]/g, '-')
    .replace(/^\.+/, '')
    .trim();
  if (plain === '') return 'data.csv';
  if (plain.length <= LONGEST_NAME) return plain;
  const dot = plain.lastIndexOf('.');
  const ending = dot > 0 && plain.length - dot <= 8 ? plain.slice(dot) : '';
  return plain.slice(0, LONGEST_NAME - ending.length) + ending;
}
