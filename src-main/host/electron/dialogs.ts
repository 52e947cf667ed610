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

/** A question with two buttons, over the window where there is one. */
export function makeAsk({ dialog, window }: Pick<DialogOptions, 'dialog' | 'window'>): Host['ask'] {
  return async ({ message, detail, yes, no }) => {
    const parent = window();
    const options = { type: 'question', message, detail, buttons: [yes, no], defaultId: 0, cancelId: 1 } as const;
    const question = { ...options, buttons: [...options.buttons] };
    const { response } = await (parent ? dialog.showMessageBox(parent, question) : dialog.showMessageBox(question));
    return response === 0;
  };
}

/** The dialog opens where the person saved last; Electron does not remember that by itself. */
export function makePlaceFor({ app, dialog, window }: DialogOptions): Host['placeFor'] {
  let folder: string | null = null;
  /** A page may name places, but only a person can choose one. */
  const chosen = new Set<string>();
  return async ({ name, to }) => {
    if (to !== undefined && chosen.has(to)) return to;
    const parent = window();
    const options = { defaultPath: join(folder ?? app.getPath('documents'), basename(name)) };
    const { canceled, filePath } = await (parent
      ? dialog.showSaveDialog(parent, options)
      : dialog.showSaveDialog(options));
    if (canceled || !filePath) return null;
    folder = dirname(filePath);
    chosen.add(filePath);
    return filePath;
  };
}

/** Small files whole. */
export function makeSaveFile(placeFor: Host['placeFor']): Host['saveFile'] {
  return async ({ bytes, ...file }) => {
    const path = await placeFor(file);
    if (path === null) return null;
    await atomicWrite(path, bytes);
    return { path };
  };
}
