/** Gathers what arrives within one frame and hands it over once. */

/** Calls back before the next frame is drawn; window.requestAnimationFrame, or a stand-in. */
export type Schedule = (callback: () => void) => void;

export class FrameBatch<T> {
  #waiting: T[] = [];
  readonly #apply: (items: readonly T[]) => void;
  readonly #schedule: Schedule;

  constructor(apply: (items: readonly T[]) => void, schedule: Schedule) {
    this.#apply = apply;
    this.#schedule = schedule;
  }

  add(item: T): void {
    this.#waiting.push(item);
    if (this.#waiting.length === 1) this.#schedule(() => this.flush());
  }

  flush(): void {
    if (this.#waiting.length === 0) return;
    const items = this.#waiting;
    this.#waiting = [];
    this.#apply(items);
  }
}

/**
 * The next frame, or 200 ms where no frames are drawn (a window in the background): what comes first.
 */
export const nextFrame: Schedule = (callback) => {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    callback();
  };
  const timer = setTimeout(once, 200);
  const frame = requestAnimationFrame(once);
};
