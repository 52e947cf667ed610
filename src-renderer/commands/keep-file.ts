/** Hands a made file to the person: a save dialog in Electron, a download in the browser. */
import type { AppState } from '../state/app.svelte.ts';

/** How long the browser may take to start the download before its address is given up. */
const RELEASE_MS = 60_000;

/** What the person got: its name as they know it, and its place where that is known. */
export interface KeptFile {
  readonly name: string;
  readonly path: string | null;
}

/** What the person got, by name; null when they changed their mind. */
export async function keepFile(app: AppState, name: string, bytes: Uint8Array): Promise<string | null> {
  return (await putFile(app, { name, bytes, to: null }))?.name ?? null;
}

/** The same for a file that comes in pieces; nothing of it is kept when they end with an error. */
export async function keepPieces(
  { host: { services, info } }: AppState,
  name: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<string | null> {
  if (info?.kind === 'electron' && services !== null) return writePieces(services.app, name, pieces);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of pieces) parts.push(new Uint8Array(piece));
  download(name, parts);
  return name;
}

type AppService = NonNullable<AppState['host']['services']>['app'];

async function writePieces(app: AppService, name: string, pieces: AsyncIterable<Uint8Array>): Promise<string | null> {
  const begun = await app.beginFile({ name });
  if (begun === null) return null;
  const { file, path } = begun;
  try {
    for await (const piece of pieces) await app.addToFile({ file, bytes: new Uint8Array(piece) });
    await app.finishFile({ file });
    return path;
  } catch (error) {
    await app.dropFile({ file }).catch(() => undefined); // a host that is gone drops it by itself
    throw error;
  }
}

export interface FileToPut {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Where the person saved it before: Electron writes there again without asking. */
  readonly to: string | null;
}

export async function putFile(app: AppState, { name, bytes, to }: FileToPut): Promise<KeptFile | null> {
  const { services, info } = app.host;
  if (info?.kind === 'electron' && services !== null) {
    const place = to === null ? {} : { to };
    const saved = await services.app.saveFile({ name, bytes: new Uint8Array(bytes), ...place });
    return saved && { name: saved.path, path: saved.path };
  }
  download(name, [new Uint8Array(bytes)]);
  return { name, path: null };
}

function download(name: string, parts: readonly Uint8Array<ArrayBuffer>[]): void {
  const type = name.endsWith('.json') ? 'application/json' : 'application/octet-stream';
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), RELEASE_MS);
}
