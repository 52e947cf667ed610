/** What the app says by itself: passing messages, one refusal that wants an answer, unexpected errors. */

export interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'success' | 'error';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const STAY_MS = 6_000;
/** Errors and notices with a button stay longer: they ask for something. */
const STAY_LONG_MS = 15_000;
const MOST_SHOWN = 4;

export class NoticesState {
  list: readonly Notice[] = $state.raw([]);
  /** An error nobody expected: a bug of ours. Shown as a banner until dismissed. */
  unexpected: string | null = $state(null);

  #lastId = 0;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  say(kind: Notice['kind'], text: string, action?: Notice['action']): void {
    const same = this.list.find((notice) => notice.kind === kind && notice.text === text);
    if (same !== undefined) this.close(same.id);
    const notice: Notice = { id: ++this.#lastId, kind, text, ...(action === undefined ? {} : { action }) };
    const dropped = this.list.slice(0, Math.max(0, this.list.length + 1 - MOST_SHOWN));
    for (const { id } of dropped) this.close(id);
    this.list = [...this.list, notice];
    const stay = kind === 'error' || action !== undefined ? STAY_LONG_MS : STAY_MS;
    this.#timers.set(
      notice.id,
      setTimeout(() => this.close(notice.id), stay),
    );
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
