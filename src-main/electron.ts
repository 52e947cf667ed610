/** Entry of the Electron app, and the only file of the main process that loads electron: hands it to the shell. */
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { spawnUtility } from './engine/spawn-utility.ts';
import { makeOpenApp } from './host/app.ts';
import { startShell } from './host/electron/shell.ts';
import { outliveReaders } from './host/outlive-readers.ts';
import { version } from './host/version.ts';
import { dataFolder } from './store/folder.ts';

const outFolder = join(import.meta.dirname, '..');
const folder = dataFolder();
const log = (line: string): void => console.error(line);
const electron = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  session,
  shell,
  utilityProcess,
};

outliveReaders();
startShell(electron, {
  outFolder,
  dataFolder: folder,
  openApp: makeOpenApp({
    dataFolder: folder,
    version,
    spawn: spawnUtility({ electron, entry: join(outFolder, 'main', 'engine.js'), log }),
    writerEntry: join(outFolder, 'main', 'store-writer.js'),
    log,
  }),
  devUrl: process.env['ELECTRON_RENDERER_URL'],
  log,
});
