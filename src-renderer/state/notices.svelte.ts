/** What the app says by itself: passing messages, one refusal that wants an answer, unexpected errors. */

export interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'success' | 'error';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Of one topic only the newest stands. */
  readonly topic?: string;
  /** How much of the work that it tells of is done, 0 … 1: it stays until that ends. */
  readonly share?: number;
}

/** Work that is shown while it goes on. */
export interface ShownWork {
  readonly tell: (share: number) => void;
  readonly end: () => void;
}

const STAY_MS = 6_000;
/** Errors and notices with a button stay longer: they ask for something. */
const STAY_LONG_MS = 15_000;
const MOST_SHOWN = 4;
/** Shorter work is not shown. */
const WORK_AFTER_MS = 400;

export class NoticesState {
  list: readonly Notice[] = $state.raw([]);
  /** An error nobody expected: a bug of ours. Shown as a banner until dismissed. */
  unexpected: string | null = $state(null);

  #lastId = 0;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /** An offer of the same topic that nobody has taken stays open in the newer message, unless that brings its own. */
  say(kind: Notice['kind'], text: string, { action, topic }: Pick<Notice, 'action' | 'topic'> = {}): void {
    const replaced = this.list.filter(
      (notice) => (topic !== undefined && notice.topic === topic) || (notice.kind === kind && notice.text === text),
    );
    for (const { id } of replaced) this.close(id);
    const offer = action ?? replaced.find((notice) => topic !== undefined && notice.topic === topic)?.action;
    const notice: Notice = {
      ...{ id: ++this.#lastId, kind, text },
      ...(offer === undefined ? {} : { action: offer }),
      ...(topic === undefined ? {} : { topic }),
    };
    const passing = this.list.filter(({ share }) => share === undefined);
    const dropped = passing.slice(0, Math.max(0, passing.length + 1 - MOST_SHOWN));
    for (const { id } of dropped) this.close(id);
    this.list = [...this.list, notice];
    const stay = kind === 'error' || offer !== undefined ? STAY_LONG_MS : STAY_MS;
    this.#timers.set(
      notice.id,
      setTimeout(() => this.close(notice.id), stay),
    );
  }

  /** What was said of a topic is no longer so. */
  withdraw(topic: string): void {
    for (const { id } of this.list.filter((notice) => notice.topic === topic)) this.close(id);
  }

  /** Shows long work with how far it is, and a button that gives it up. */
  work(text: string, giveUp: () => void): ShownWork {
    const id = ++this.#lastId;
    let share = 0;
    const shown = (): Notice => ({ id, kind: 'info', text, action: { label: 'Cancel', run: giveUp }, share });
    const timer = setTimeout(() => (this.list = [...this.list, shown()]), WORK_AFTER_MS);
    return {
      tell: (done) => {
        share = done;
        this.list = this.list.map((notice) => (notice.id === id ? shown() : notice));
      },
      end: () => {
        clearTimeout(timer);
        this.close(id);
      },
    };
  }

  /** Says why something could not be done. For errors a person can cause; the rest belongs to the window's error hook. */
  refuse(error: unknown): void {
    this.say('error', error instanceof Error ? error.message : String(error));
  }

  close(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  /** The window's error hook reports here. */
  report(error: unknown): void {
    this.unexpected = error instanceof Error ? error.message : String(error);
  }
}
