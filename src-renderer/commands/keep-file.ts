/** Hands a made file to the person: a save dialog in Electron, a download in the browser. */
import type { AppState } from '../state/app.svelte.ts';

/** How long the browser may take to start the download before its address is given up. */
const RELEASE_MS = 60_000;

/** What the person got, by name; null when they changed their mind. */
export async function keepFile(app: AppState, name: string, bytes: Uint8Array): Promise<string | null> {
  const { services, info } = app.host;
  if (info?.kind === 'electron' && services !== null) {
    const saved = await services.app.saveFile({ name, bytes: new Uint8Array(bytes) });
    return saved?.path ?? null;
  }
  download(name, bytes);
  return name;
}

function download(name: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), RELEASE_MS);
}
