/** Holds a run back to a number of epochs per second, evenly spread over its steps, so that small networks can be watched. */

/** Timers are no finer than this; a pace faster than one step in it takes several at once. */
const LEAST_WAIT_MS = 4;

export class Throttle {
  readonly #stepsPerEpoch: number;
  readonly #now: () => number;
  #stepsPerMs: number | null = null;
  /** From here on steps are earned … */
  #since = 0;
  /** … of which so many are taken. */
  #taken = 0;

  constructor(stepsPerEpoch: number, now: () => number) {
    this.#stepsPerEpoch = stepsPerEpoch;
    this.#now = now;
  }

  /** @param epochsPerSecond null: as fast as it goes */
  set(epochsPerSecond: number | null): void {
    this.#stepsPerMs = epochsPerSecond === null ? null : (epochsPerSecond * this.#stepsPerEpoch) / 1000;
    this.restart();
  }

  /** What was earned before counts no more: the run waited for something else. The first step comes at once. */
  restart(): void {
    this.#since = this.#now();
    this.#taken = -1;
  }

  /** Steps that may be taken at this moment. A slow machine does not catch up later: never more than those of a moment. */
  get allowance(): number {
    if (this.#stepsPerMs === null) return Infinity;
    const earned = Math.floor((this.#now() - this.#since) * this.#stepsPerMs) - this.#taken;
    return Math.max(0, Math.min(earned, this.#most));
  }

  took(steps: number): void {
    if (this.#stepsPerMs === null) return;
    const isLate = this.allowance === this.#most;
    this.#taken += steps;
    if (isLate) this.restart();
  }

  get #most(): number {
    return Math.max(2, Math.ceil((this.#stepsPerMs ?? 0) * CATCH_UP_MS));
  }

  /** Until the next step may be taken. */
  get waitMs(): number {
    if (this.#stepsPerMs === null) return 0;
    return Math.max(LEAST_WAIT_MS, this.#since + (this.#taken + 1) / this.#stepsPerMs - this.#now());
  }
}
const CATCH_UP_MS = 100;
