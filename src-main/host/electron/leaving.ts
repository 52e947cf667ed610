/** Asks before the end of the app breaks off a run. */
import type { BrowserWindow, Event } from 'electron';
import type { ElectronApi } from './electron-api.ts';

export interface LeavingOptions {
  readonly electron: Pick<ElectronApi, 'app' | 'dialog'>;
  readonly window: () => BrowserWindow | null;
  readonly isTraining: () => boolean;
}

const QUIT = 0;
const QUESTION = {
  type: 'question',
  message: 'A run is training.',
  detail: 'If you quit, it is saved as it stands and can be resumed from the list of runs.',
  buttons: ['Save and quit', 'Go on training'],
  defaultId: QUIT,
  cancelId: 1,
} as const;

export class Leaving {
  readonly #options: LeavingOptions;
  #isAsking = false;
  #isAgreed = false;

  constructor(options: LeavingOptions) {
    this.#options = options;
  }

  /** For the events of closing and quitting: holds them back until the person has answered, and then quits if that is wished. */
  ask(event: Pick<Event, 'preventDefault'>): void {
    if (this.#isAgreed || !this.#options.isTraining()) return;
    event.preventDefault();
    if (!this.#isAsking) void this.#ask();
  }

  async #ask(): Promise<void> {
    const { electron, window } = this.#options;
    this.#isAsking = true;
    const parent = window();
    const question = { ...QUESTION, buttons: [...QUESTION.buttons] };
    const { response } = await (parent
      ? electron.dialog.showMessageBox(parent, question)
      : electron.dialog.showMessageBox(question));
    this.#isAsking = false;
    this.#isAgreed = response === QUIT;
    if (this.#isAgreed) electron.app.quit();
  }
}
