/** Asks before the end of the app breaks off a run. */
import type { Event } from 'electron';
import type { Host, Question } from '../host.ts';

export interface LeavingOptions {
  readonly ask: Host['ask'];
  readonly quit: () => void;
  readonly isTraining: () => boolean;
}

const QUESTION: Question = {
  message: 'A run is training.',
  detail: 'If you quit, it is saved as it stands and can be resumed from the list of runs.',
  yes: 'Save and quit',
  no: 'Go on training',
};

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
    this.#isAsking = true;
    this.#isAgreed = await this.#options.ask(QUESTION);
    this.#isAsking = false;
    if (this.#isAgreed) this.#options.quit();
  }
}
