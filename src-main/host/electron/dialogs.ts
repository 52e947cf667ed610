/** The system's save dialog, and a write that leaves the old file or the new one, never a half. */
import { basename, dirname, join } from 'node:path';
import type { App, BrowserWindow, Dialog } from 'electron';
import { atomicWrite } from '../../store/io.ts';
import type { Host } from '../host.ts';

export interface DialogOptions {
  readonly app: App;
  readonly dialog: Dialog;
  readonly window: () => BrowserWindow | null;
}

/** The dialog opens where the person saved last; Electron does not remember that by itself. */
export function makeSaveFile({ app, dialog, window }: DialogOptions): Host['saveFile'] {
  let folder: string | null = null;
  return async ({ name, bytes }) => {
    const parent = window();
    const options = { defaultPath: join(folder ?? app.getPath('documents'), basename(name)) };
    const { canceled, filePath } = await (parent
      ? dialog.showSaveDialog(parent, options)
      : dialog.showSaveDialog(options));
    if (canceled || !filePath) return null;
    folder = dirname(filePath);
    await atomicWrite(filePath, bytes);
    return { path: filePath };
  };
}
