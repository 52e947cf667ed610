/** Keeps a look at the decision boundary cheap: large networks get a coarser grid, in turns so short that Stop never waits. */
import type { BoundaryGrid } from '../../src-core/contract/records.ts';
import type { Turns } from '../../src-core/lib/turns.ts';
import type { Trainer } from '../../src-core/trainer/define.ts';
import { timed } from './jobs.ts';
import { BOUNDARY_MS, TURN_MS } from './limits.ts';

export interface BoundaryView {
  readonly resolution: number;
  readonly x: number;
  readonly y: number;
}

/** Points along an edge: enough to measure with, and the coarsest grid that is still a picture. */
const PROBE = 16;
const COARSEST = 8;
/** Points of a turn while nothing is known. */
const FIRST_ROWS = 8;

export class BoundaryPace {
  readonly #now: () => number;
  #pointMs: number | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The grid at the resolution asked for, or at the finest that may be afforded. */
  *grid(trainer: Pick<Trainer, 'boundary'>, view: BoundaryView): Turns<BoundaryGrid> {
    if (this.#pointMs === null) {
      yield* this.#measured(trainer, { ...view, resolution: Math.min(PROBE, view.resolution) }, FIRST_ROWS);
    }
    const pointMs = this.#pointMs ?? 0;
    const affordable = Math.floor(Math.sqrt(BOUNDARY_MS / pointMs));
    const resolution = Math.min(view.resolution, Math.max(COARSEST, affordable));
    return yield* this.#measured(trainer, { ...view, resolution }, Math.max(1, Math.floor(TURN_MS / pointMs)));
  }

  *#measured(trainer: Pick<Trainer, 'boundary'>, view: BoundaryView, rows: number): Turns<BoundaryGrid> {
    const { result, ms } = yield* timed(trainer.boundary(view, rows), this.#now);
    this.#pointMs = ms / view.resolution ** 2;
    return result;
  }
}
