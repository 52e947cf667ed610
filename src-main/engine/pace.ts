/** Measures the run: how many steps fit a slice, how fast it is, and whether an extra may be afforded now. */
import { SLICE_MS } from './limits.ts';

/** Weight of the newest measurement. */
const FRESH = 0.2;

export class Pace {
  readonly #steps = new Cost();
  /** Turns of the work that ends an epoch. */
  readonly #turns = new Cost();
  #samplesPerSecond = 0;
  #stepsPerSecond = 0;

  /** Steps for one call into the kernels; one while nothing is known. */
  get stepsPerSlice(): number {
    return this.stepsIn(SLICE_MS);
  }
  /** As many as fit into the time; one where none does. */
  stepsIn(ms: number): number {
    return this.#steps.fitting(ms);
  }
  turnsIn(ms: number): number {
    return this.#turns.fitting(ms);
  }
  get samplesPerSecond(): number {
    return this.#samplesPerSecond;
  }
  etaSeconds(stepsLeft: number): number | null {
    return this.#stepsPerSecond > 0 ? stepsLeft / this.#stepsPerSecond : null;
  }

  /** True: a step and a turn are short enough for what is left. */
  fits(ms: number): boolean {
    return this.#steps.fits(ms) && this.#turns.fits(ms);
  }

  /** One call's cost. */
  took(steps: number, ms: number): void {
    this.#steps.took(steps, ms);
  }
  tookTurns(turns: number, ms: number): void {
    this.#turns.took(turns, ms);
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

/** What one of something costs. */
class Cost {
  #ms: number | null = null;

  fitting(ms: number): number {
    return this.#ms === null ? 1 : Math.max(1, Math.floor(ms / this.#ms));
  }

  fits(ms: number): boolean {
    return this.#ms === null || this.#ms <= ms;
  }

  /** The dearer measurement counts at once, so that a slow turn of the machine is not run into twice. */
  took(count: number, ms: number): void {
    if (count === 0) return;
    const each = ms / count;
    this.#ms = this.#ms === null || each > this.#ms ? each : blend(this.#ms, each);
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
    this.took(this.#now() - from);
    return result;
  }

  /** It has just been done, and took this long. */
  took(ms: number): void {
    this.#nextAt = this.#now() + ms * (1 / this.#share - 1);
  }
}
