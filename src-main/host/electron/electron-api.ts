/** The part of Electron the shell uses. It is handed in by the entry, so that tests can hand in a strict stand-in instead. */
import type * as Electron from 'electron';

export type ElectronApi = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'Menu'
  | 'MessageChannelMain'
  | 'dialog'
  | 'ipcMain'
  | 'protocol'
  | 'session'
  | 'shell'
  | 'utilityProcess'
>;
