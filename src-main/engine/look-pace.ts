/** Keeps looks into the network short and rare: fewer rows for slow networks, so that Stop never waits for a picture. */
import type { NetworkLook } from '../../src-core/contract/network-look.ts';
import type { LookRequest, Trainer } from '../../src-core/trainer/define.ts';
import { LOOK_AT_REST_MS, LOOK_EVERY_MS, LOOK_MS, LOOK_SHARE } from './limits.ts';
import { Extra } from './pace.ts';

/** What a window wants to see of the inside. */
export type Watched = Omit<LookRequest, 'rows'>;

/** Rows of the first look: enough to measure with. */
const PROBE_ROWS = 128;
/** More than the finest look needs. */
const MOST_ROWS = 1024;

export class LookPace {
  readonly #now: () => number;
  readonly #budget: Extra;
  /** Of the fastest look so far: on a busy machine the others say little about the network. */
  #rowMs: number | null = null;
  #nextAt = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#budget = new Extra(LOOK_SHARE, now);
  }

  /** About ten times a second, and never for more than its share of the time. */
  get isDue(): boolean {
    return this.#budget.isDue && this.#now() >= this.#nextAt;
  }

  /** At rest a look may take longer, and is as fine as that allows at once. */
  look(trainer: Pick<Trainer, 'look'>, watched: Watched, isRunning: boolean): NetworkLook {
    this.#nextAt = this.#now() + LOOK_EVERY_MS;
    return this.#budget.run(() => {
      if (this.#rowMs === null) {
        trainer.look({ ...watched, rows: 1 }); // makes what looks go through
        this.#measured(trainer, watched, PROBE_ROWS);
      }
      const affordable = Math.floor((isRunning ? LOOK_MS : LOOK_AT_REST_MS) / (this.#rowMs ?? 1));
      return this.#measured(trainer, watched, Math.max(1, Math.min(MOST_ROWS, affordable)));
    });
  }

  #measured(trainer: Pick<Trainer, 'look'>, watched: Watched, rows: number): NetworkLook {
    const from = this.#now();
    const look = trainer.look({ ...watched, rows });
    this.#rowMs = Math.min(this.#rowMs ?? Infinity, Math.max(this.#now() - from, LEAST_MS) / rows);
    return look;
  }
}
/** Clocks tell no shorter times. */
const LEAST_MS = 1e-3;
