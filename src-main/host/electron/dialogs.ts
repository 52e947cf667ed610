/** The system's dialogs: to open, to save with a write that leaves the old file or the new one and never a half, and to ask. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { App, BrowserWindow, Dialog, OpenDialogOptions } from 'electron';
import { MAX_PROJECT_BYTES } from '../../../src-core/formats/project.ts';
import { AppError } from '../../../src-core/lib/errors.ts';
import { atomicWrite, codeOf } from '../../store/io.ts';
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

/** Dialogs open where the person was last; Electron does not remember that by itself. */
export function makeFiles({ app, dialog, window }: DialogOptions): Pick<Host, 'openFile' | 'placeFor' | 'saveFile'> {
  let folder: string | null = null;
  /** A page may name places, but only a person can choose one. */
  const chosen = new Set<string>();
  const choose = (path: string): string => {
    folder = dirname(path);
    chosen.add(path);
    return path;
  };

  const openFile: Host['openFile'] = async () => {
    const parent = window();
    const options: OpenDialogOptions = {
      defaultPath: folder ?? app.getPath('documents'),
      filters: [
        { name: 'Netloom projects', extensions: ['json'] },
        { name: 'All files', extensions: ['*'] },
      ],
      properties: ['openFile'],
    };
    const answer = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
    const [path] = answer.filePaths;
    if (answer.canceled || path === undefined) return null;
    const bytes = await readProjectFile(path);
    return { name: basename(path), bytes, path: choose(path) };
  };

  const placeFor: Host['placeFor'] = async ({ name, to }) => {
    if (to !== undefined && chosen.has(to)) return to;
    const parent = window();
    const options = { defaultPath: join(folder ?? app.getPath('documents'), basename(name)) };
    const { canceled, filePath } = await (parent
      ? dialog.showSaveDialog(parent, options)
      : dialog.showSaveDialog(options));
    return canceled || !filePath ? null : choose(filePath);
  };

  /** Small files whole. */
  const saveFile: Host['saveFile'] = async ({ bytes, ...file }) => {
    const path = await placeFor(file);
    if (path === null) return null;
    await atomicWrite(path, bytes);
    return { path };
  };
  return { openFile, placeFor, saveFile };
}

/** The bytes; what they mean is for the page to find out. A pipe or a device is not waited for. */
async function readProjectFile(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const about = await file.stat();
      const { size } = about;
      if (!about.isFile()) throw new AppError('file.unreadable', { path, reason: 'it is not a file' });
      if (size > MAX_PROJECT_BYTES)
        throw new AppError('file.too_large', { what: path, size, limit: MAX_PROJECT_BYTES });
      return new Uint8Array(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (cause) {
    const reason = codeOf(cause);
    if (cause instanceof AppError || reason === undefined) throw cause;
    throw new AppError('file.unreadable', { path, reason }, { cause });
  }
}
