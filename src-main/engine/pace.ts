/** Measures the run: how many steps fit a slice, how fast it is, and whether an extra may be afforded now. */
import { SLICE_MS } from './limits.ts';

/** Weight of the newest measurement. */
const FRESH = 0.2;

export class Pace {
  #stepMs: number | null = null;
  #samplesPerSecond = 0;
  #stepsPerSecond = 0;

  /** Steps for one call into the kernels; one while nothing is known. */
  get stepsPerSlice(): number {
    return this.#stepMs === null ? 1 : Math.max(1, Math.floor(SLICE_MS / this.#stepMs));
  }
  get samplesPerSecond(): number {
    return this.#samplesPerSecond;
  }
  etaSeconds(stepsLeft: number): number | null {
    return this.#stepsPerSecond > 0 ? stepsLeft / this.#stepsPerSecond : null;
  }

  /** One call's cost. The dearer measurement counts at once, so that a slow turn of the machine is not run into twice. */
  took(steps: number, ms: number): void {
    if (steps === 0) return;
    const stepMs = ms / steps;
    this.#stepMs = this.#stepMs === null || stepMs > this.#stepMs ? stepMs : blend(this.#stepMs, stepMs);
  }

  /** Throughput over the time since the last display update, everything included. */
  passed(steps: number, rows: number, ms: number): void {
    if (ms <= 0) return;
    const isFirst = this.#stepsPerSecond === 0;
    const perSecond = 1000 / ms;
    this.#samplesPerSecond = isFirst ? rows * perSecond : blend(this.#samplesPerSecond, rows * perSecond);
    this.#stepsPerSecond = isFirst ? steps * perSecond : blend(this.#stepsPerSecond, steps * perSecond);
  }
}

const blend = (old: number, fresh: number): number => old + FRESH * (fresh - old);

/** Something beside training that may take a share of the time: it waits until it has been earned. */
export class Extra {
  readonly #share: number;
  readonly #now: () => number;
  #nextAt = 0;

  constructor(share: number, now: () => number) {
    this.#share = share;
    this.#now = now;
  }

  get isDue(): boolean {
    return this.#now() >= this.#nextAt;
  }

  run<T>(work: () => T): T {
    const from = this.#now();
    const result = work();
    const until = this.#now();
    this.#nextAt = until + (until - from) * (1 / this.#share - 1);
    return result;
  }
}
