/** Work beside the steps of a run: looks and saved states, in turns between which messages are read. */
import type { Turns } from '../../src-core/lib/turns.ts';

export interface JobOptions {
  /** True: steps may be taken while it is under way. */
  readonly isBeside?: boolean;
  /** True: may be left out when everything has to come to an end. */
  readonly isForTheEye?: boolean;
}

interface Entry {
  readonly options: JobOptions;
  spentMs: number;
  /** Next turn; true when it was the last. */
  readonly advance: () => boolean;
  /** Tells that it is finished. */
  readonly finish: () => void;
}

export class Jobs {
  readonly #now: () => number;
  #entries: Entry[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  get isIdle(): boolean {
    return this.#entries.length === 0;
  }

  /** True: something under way or waiting needs the network as it is. */
  get isBlocking(): boolean {
    return this.#entries.some(({ options }) => options.isBeside !== true);
  }

  /** One after the other. `done` gets the milliseconds that the work took. */
  add<T>(work: Turns<T>, done: (result: T, spentMs: number) => void, options: JobOptions = {}): void {
    let finish = (): void => undefined;
    const entry: Entry = {
      options,
      spentMs: 0,
      advance: () => {
        const { done: isLast, value } = work.next();
        if (isLast === true) finish = () => done(value, entry.spentMs);
        return isLast === true;
      },
      finish: () => finish(),
    };
    this.#entries.push(entry);
  }

  /** Turns until the time is over or nothing is left; at least one. */
  run(ms: number): void {
    const until = this.#now() + ms;
    do this.#turn();
    while (!this.isIdle && this.#now() < until);
  }

  /** All that must not be left out. */
  finishAll(): void {
    this.#entries = this.#entries.filter(({ options }) => options.isForTheEye !== true);
    while (!this.isIdle) this.#turn();
  }

  clear(): void {
    this.#entries = [];
  }

  #turn(): void {
    const [entry] = this.#entries;
    if (entry === undefined) return;
    const from = this.#now();
    const isLast = entry.advance();
    entry.spentMs += this.#now() - from;
    if (!isLast) return;
    this.#entries.shift();
    entry.finish();
  }
}

/** Work that also says how long its turns took together. */
export function* timed<T>(work: Turns<T>, now: () => number): Turns<{ readonly result: T; readonly ms: number }> {
  let ms = 0;
  for (;;) {
    const from = now();
    const { done, value } = work.next();
    ms += now() - from;
    if (done === true) return { result: value, ms };
    yield;
  }
}

/** Work in turns of the event loop. */
export async function inTurns<T>(work: Turns<T>, turnMs: number, now: () => number): Promise<T> {
  for (;;) {
    const until = now() + turnMs;
    do {
      const { done, value } = work.next();
      if (done === true) return value;
    } while (now() < until);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
