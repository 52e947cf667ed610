/** Keeps looks into the network cheap and rare: fewer rows for slow networks, in turns so short that Stop never waits. */
import type { NetworkLook } from '../../src-core/contract/network-look.ts';
import type { Turns } from '../../src-core/lib/turns.ts';
import type { LookRequest, Trainer } from '../../src-core/trainer/define.ts';
import { timed } from './jobs.ts';
import { LOOK_AT_REST_MS, LOOK_EVERY_MS, LOOK_MS, LOOK_SHARE, TURN_MS } from './limits.ts';
import { Extra } from './pace.ts';

/** What a window wants to see of the inside. */
export type Watched = Pick<LookRequest, 'nodes' | 'weights' | 'units'>;

/** Rows of the first look: enough to measure with. */
const PROBE_ROWS = 64;
/** Rows of a turn while nothing is known. */
const FIRST_ROWS = 8;
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
  *look(trainer: Pick<Trainer, 'look'>, watched: Watched, isRunning: boolean): Turns<NetworkLook> {
    this.#nextAt = this.#now() + LOOK_EVERY_MS;
    const rowMs = this.#rowMs ?? (yield* this.#tried(trainer, watched));
    const affordable = Math.floor((isRunning ? LOOK_MS : LOOK_AT_REST_MS) / rowMs);
    const rows = Math.max(1, Math.min(MOST_ROWS, affordable));
    const turnRows = Math.max(1, Math.floor(TURN_MS / rowMs));
    const { result, ms } = yield* timed(trainer.look({ ...watched, rows, turnRows }), this.#now);
    this.#rowMs = Math.min(rowMs, Math.max(ms, LEAST_MS) / rows);
    this.#budget.took(ms);
    return result;
  }

  /** Milliseconds a row takes. */
  *#tried(trainer: Pick<Trainer, 'look'>, watched: Watched): Turns<number> {
    yield* trainer.look({ ...watched, rows: 1, turnRows: 1, isTrial: true }); // makes what looks go through
    const trial = { ...watched, rows: PROBE_ROWS, turnRows: FIRST_ROWS, isTrial: true };
    const { ms } = yield* timed(trainer.look(trial), this.#now);
    return Math.max(ms, LEAST_MS) / PROBE_ROWS;
  }
}
/** Clocks tell no shorter times. */
const LEAST_MS = 1e-3;
