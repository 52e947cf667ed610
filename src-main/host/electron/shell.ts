/** The Electron app around the services: order of starting and stopping, the window, the page's port. */
import { join } from 'node:path';
import type { Event, WebFrameMain } from 'electron';
import { CONNECT_CHANNEL, PORT_MESSAGE } from '../../../src-core/contract/bridge.ts';
import { AppError } from '../../../src-core/lib/errors.ts';
import { mainPortWire } from '../../rpc/wire-port.ts';
import { ensureFolder, isWritable, makeTemporaryFolder } from '../../store/io.ts';
import type { App, OpenApp } from '../app.ts';
import { loadAssets } from '../assets.ts';
import { makeAsk, makeFiles } from './dialogs.ts';
import type { ElectronApi } from './electron-api.ts';
import { onNonce } from './gate.ts';
import { setMenu } from './menu.ts';
import { onBug } from '../last-words.ts';
import { handleScheme, registerScheme } from './protocol.ts';
import { Leaving } from './leaving.ts';
import { lockContents, lockSession, OwnPages } from './security.ts';
import { MainWindow } from './window.ts';

export interface ShellOptions {
  readonly outFolder: string;
  readonly dataFolder: string;
  /** Opens store, engine and services; the shell adds what only Electron can do. */
  readonly openApp: OpenApp;
  /** Address of the development server; ignored in a packaged app. */
  readonly devUrl?: string | undefined;
  readonly log: (line: string) => void;
}

/** Everything that must come before `ready` happens before this function returns; no await may stand ahead of it. */
export function startShell(electron: ElectronApi, options: ShellOptions): void {
  const { app } = electron;
  const { outFolder, dataFolder, log } = options;
  const pages = new OwnPages(app.isPackaged ? undefined : options.devUrl);
  const onClose = (event: Event): void => {
    if (process.platform !== 'darwin') leaving.ask(event); // on a Mac the app, and its run, outlive the window
  };
  const ask = makeAsk({ dialog: electron.dialog, window: () => window.current });
  const window: MainWindow = new MainWindow({ electron, outFolder, url: pages.first, onClose, ask, log });
  let services: App | null = null;

  registerScheme(electron.protocol);
  app.enableSandbox();
  keepBrowserDataIn(electron, join(dataFolder, 'window'));
  if (!app.requestSingleInstanceLock()) {
    app.quit(); // the other process hears of it and shows its window
    return;
  }
  app.on('second-instance', () => showAgain());
  app.on('web-contents-created', (_event, contents) =>
    lockContents(contents, pages, (url) => electron.shell.openExternal(url)),
  );

  const handOverPort = (frame: WebFrameMain, nonce: string): void => {
    if (services === null) return;
    const { port1, port2 } = new electron.MessageChannelMain();
    // Our end first: what the page says at once then waits in the port.
    services.attach(mainPortWire(port2));
    try {
      frame.postMessage(PORT_MESSAGE, nonce, [port1]);
    } catch (error) {
      log(`the page went away while it was connecting: ${String(error)}`); // our end hears its port close
    }
  };
  const ownContents = (): number | null => window.current?.webContents.id ?? null;
  onNonce(CONNECT_CHANNEL, { ipcMain: electron.ipcMain, pages, ownContents }, handOverPort);

  const leaving = new Leaving({ ask, quit: () => app.quit(), isTraining: () => services?.isTraining() === true });
  app.on('before-quit', (event) => leaving.ask(event));
  const isQuitting = stopServicesBeforeQuitting(electron, () => services);
  /** Not before there is something behind the window, and not when that is going. */
  const showAgain = (): void => {
    if (services !== null && !isQuitting()) window.show();
  };

  const start = async (): Promise<void> => {
    lockSession(electron.session.defaultSession, pages);
    handleScheme(electron.protocol, loadAssets(join(outFolder, 'renderer')));
    setMenu(electron.Menu);
    const files = makeFiles({ app, dialog: electron.dialog, window: () => window.current });
    const opened = await options.openApp({ kind: 'electron', ask, ...files });
    services = opened;
    onBug({ log, close: () => opened.close(), exit: (code) => app.exit(code) });
    window.show();
    app.on('activate', showAgain);
  };
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      const text = error instanceof AppError ? error.message : String(error instanceof Error ? error.stack : error);
      log(text);
      electron.dialog.showErrorBox('Netloom could not start', text);
      app.exit(1);
    });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

/** Chromium's own files and the single-instance lock belong to the data folder: two folders are two apps. */
function keepBrowserDataIn({ app }: ElectronApi, folder: string): void {
  if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', browserFolder(folder));
}

/** It must be there, and Chromium must be able to write in it. */
function browserFolder(folder: string): string {
  try {
    ensureFolder(folder);
    if (isWritable(folder)) return folder;
  } catch (error) {
    if (!(error instanceof AppError)) throw error; // opening the app will say what is wrong with the data folder
  }
  return makeTemporaryFolder();
}

/** In will-quit the windows are gone and the page has said its last word. preventDefault there makes quit() start over. */
function stopServicesBeforeQuitting({ app }: ElectronApi, current: () => App | null): () => boolean {
  let state: 'running' | 'stopping' | 'stopped' = 'running';
  app.on('will-quit', (event) => {
    const services = current();
    if (services === null || state === 'stopped') return;
    event.preventDefault();
    if (state === 'stopping') return;
    state = 'stopping';
    void services.close().finally(() => {
      state = 'stopped';
      app.quit();
    });
  });
  return () => state !== 'running';
}
