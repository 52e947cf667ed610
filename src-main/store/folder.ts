/** Where Netloom keeps what it keeps: one folder a person, shared by windows and command line. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/** `$NETLOOM_HOME`, else the platform's folder for application data. */
export function dataFolder(around: Surroundings = { env: process.env, platform: process.platform, home: homedir() }) {
  const { env, platform, home } = around;
  if (env['NETLOOM_HOME']) return env['NETLOOM_HOME'];
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Netloom');
  if (platform === 'win32') return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Netloom');
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'netloom');
}

export const storeFile = (folder: string): string => join(folder, 'netloom.sqlite');
/** Data files brought in through the window. */
export const filesFolder = (folder: string): string => join(folder, 'files');
export const backupsFolder = (folder: string): string => join(folder, 'backups');
