/** The one window: made locked down, brought to the front when asked for again, reloaded a few times when its process dies. */
import { join } from 'node:path';
import type { BrowserWindow, Event } from 'electron';
import type { ElectronApi } from './electron-api.ts';
import { lockedPreferences } from './security.ts';

const MAX_RELOADS = 3;
const RELOAD_WINDOW_MS = 5 * 60_000;

export interface MainWindowOptions {
  readonly electron: Pick<ElectronApi, 'app' | 'BrowserWindow'>;
  /** Folder of the build: preload/preload.cjs lies in it. */
  readonly outFolder: string;
  readonly url: string;
  /** The person closes the window; prevented, it stays. */
  readonly onClose: (event: Event) => void;
  readonly log: (line: string) => void;
}

export class MainWindow {
  readonly #options: MainWindowOptions;
  #window: BrowserWindow | null = null;
  #reloads: number[] = [];

  constructor(options: MainWindowOptions) {
    this.#options = options;
  }

  get current(): BrowserWindow | null {
    return this.#window;
  }

  show(): void {
    if (this.#window === null) {
      this.#window = this.#open();
      return;
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.focus();
  }

  #open(): BrowserWindow {
    const { electron, outFolder, url, onClose } = this.#options;
    const window = new electron.BrowserWindow({
      width: 1440,
      height: 900,
      minWidth: 1024,
      minHeight: 640,
      show: false,
      title: 'Netloom',
      webPreferences: {
        ...lockedPreferences,
        devTools: !electron.app.isPackaged,
        preload: join(outFolder, 'preload', 'preload.cjs'),
      },
    });
    window.once('ready-to-show', () => window.show());
    window.on('close', onClose);
    window.on('closed', () => {
      this.#window = null;
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => this.#pageGone(window, reason));
    void window.loadURL(url);
    return window;
  }

  /** Training goes on without the page; after the third death in five minutes the person decides. */
  #pageGone(window: BrowserWindow, reason: string): void {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    this.#options.log(`the page's process is gone (${reason})`);
    const now = Date.now();
    this.#reloads = this.#reloads.filter((time) => now - time < RELOAD_WINDOW_MS);
    if (this.#reloads.length >= MAX_RELOADS) return;
    this.#reloads.push(now);
    window.reload();
  }
}
