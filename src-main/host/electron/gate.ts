/** The only door for messages between processes: nobody but the main frame of our own window gets through. */
import type { IpcMain, IpcMainEvent, WebFrameMain } from 'electron';
import type { OwnPages } from './security.ts';

const MAX_NONCE = 64;

export interface GateOptions {
  readonly ipcMain: IpcMain;
  readonly pages: OwnPages;
  /** Id of the contents of our window; null while there is none. */
  readonly ownContents: () => number | null;
}

/** The frame a message came from, when it is the page of our window. */
function ownFrame(event: IpcMainEvent, { pages, ownContents }: GateOptions): WebFrameMain | null {
  const frame = event.senderFrame;
  if (frame === null || frame.detached || frame.parent !== null) return null;
  return event.sender.id === ownContents() && pages.has(frame.url) ? frame : null;
}

/** Listens for requests that carry one nonce; anything else, and anybody else, is not answered. */
export function onNonce(
  channel: string,
  options: GateOptions,
  handle: (frame: WebFrameMain, nonce: string) => void,
): void {
  options.ipcMain.on(channel, (event, nonce: unknown, ...others: unknown[]) => {
    const frame = ownFrame(event, options);
    if (frame === null || typeof nonce !== 'string' || nonce.length > MAX_NONCE || others.length > 0) return;
    handle(frame, nonce);
  });
}
