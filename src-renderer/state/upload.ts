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

interface FileBelow {
  /** Below the folder, with '/'. */
  readonly path: string;
  readonly file: Blob;
}
interface Piece {
  readonly path: string;
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
/** Small files go together, as many as the host takes in one call. */
const MOST_PIECES = 500;

/** The files of a folder, one after the other. @returns the path of the folder; null when it was given up */
export async function uploadFolder(
  services: Services,
  files: readonly FileBelow[],
  { name, onprogress, signal }: UploadOptions,
): Promise<string | null> {
  const job = `folder-${crypto.randomUUID()}`;
  const total = files.reduce((sum, { file }) => sum + file.size, 0) || 1;
  let [pieces, size, sent] = [[] as Piece[], 0, 0];
  const send = async (isLast: boolean): Promise<string | null> => {
    const { path } = await services.data.uploadFolder({ job, name, pieces, isLast });
    sent += size;
    onprogress(sent / total);
    [pieces, size] = [[], 0];
    return path;
  };
  for (const { path, file } of files) {
    let offset = 0;
    do {
      if (signal.aborted) {
        await services.data.dropUpload({ job });
        return null;
      }
      const end = offset + UPLOAD_PIECE_BYTES - size;
      const bytes = new Uint8Array(await file.slice(offset, end).arrayBuffer());
      pieces.push({ path, offset, bytes });
      offset += bytes.length;
      size += bytes.length;
      if (size >= UPLOAD_PIECE_BYTES || pieces.length >= MOST_PIECES) await send(false);
    } while (offset < file.size);
  }
  return send(true);
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
