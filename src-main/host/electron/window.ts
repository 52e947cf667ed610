/** The one window: made locked down, brought to the front when asked for again, reloaded a few times when its process dies. */
import { join } from 'node:path';
import type { BrowserWindow, Event } from 'electron';
import type { Host, Question } from '../host.ts';
import type { ElectronApi } from './electron-api.ts';
import { lockedPreferences } from './security.ts';

const MAX_RELOADS = 3;
const RELOAD_WINDOW_MS = 5 * 60_000;

const FAILING: Question = {
  message: 'The window keeps stopping.',
  detail: 'What trains is not touched by it: runs and saved states are kept outside the window.',
  yes: 'Load it again',
  no: 'Quit',
};
const HANGING: Question = {
  message: 'The window does not answer.',
  detail: 'Loading it again costs nothing that is older than a second. What trains goes on.',
  yes: 'Load it again',
  no: 'Wait',
};

export interface MainWindowOptions {
  readonly electron: Pick<ElectronApi, 'app' | 'BrowserWindow'>;
  /** Folder of the build: preload/preload.cjs lies in it. */
  readonly outFolder: string;
  readonly url: string;
  /** The person closes the window; prevented, it stays. */
  readonly onClose: (event: Event) => void;
  readonly ask: Host['ask'];
  readonly log: (line: string) => void;
}

export class MainWindow {
  readonly #options: MainWindowOptions;
  #window: BrowserWindow | null = null;
  #reloads: number[] = [];
  #isAsking = false;

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
    window.on('unresponsive', () => void this.#offerReload(window, HANGING));
    void window.loadURL(url);
    return window;
  }

  /** Training goes on without the page; after the third death in five minutes the person decides. */
  #pageGone(window: BrowserWindow, reason: string): void {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    this.#options.log(`the page's process is gone (${reason})`);
    const now = performance.now();
    this.#reloads = this.#reloads.filter((time) => now - time < RELOAD_WINDOW_MS);
    if (this.#reloads.length >= MAX_RELOADS) {
      void this.#offerReload(window, FAILING).then((isReloaded) => isReloaded || this.#options.electron.app.quit());
      return;
    }
    this.#reloads.push(now);
    window.reload();
  }

  /** One question at a time. False when the person does not want it. */
  async #offerReload(window: BrowserWindow, question: Question): Promise<boolean> {
    if (this.#isAsking) return true;
    this.#isAsking = true;
    const isWished = await this.#options.ask(question);
    this.#isAsking = false;
    if (isWished && !window.isDestroyed()) {
      this.#reloads = [];
      window.reload();
    }
    return isWished;
  }
}
