/** Long work in turns: a generator that yields wherever its caller may do something else first. */

/** Yields after a few milliseconds of work at most; returns the result. What it works on must not change in between. */
export type Turns<T> = Generator<undefined, T, undefined>;

/** All of it in one go. */
export function finish<T>(work: Turns<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
