/** Keeps one look at the decision boundary short: large networks get a coarser grid, so that Stop never waits for a picture. */
import type { BoundaryGrid } from '../../src-core/contract/records.ts';
import type { Trainer } from '../../src-core/trainer/define.ts';
import { BOUNDARY_MS } from './limits.ts';

export interface BoundaryView {
  readonly resolution: number;
  readonly x: number;
  readonly y: number;
}

/** Points along an edge: enough to measure with, and the coarsest grid that is still a picture. */
const PROBE = 16;
const COARSEST = 8;

export class BoundaryPace {
  readonly #now: () => number;
  #pointMs: number | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The grid at the resolution asked for, or at the finest that may be afforded. */
  grid(trainer: Pick<Trainer, 'boundary'>, view: BoundaryView): BoundaryGrid {
    if (this.#pointMs === null) this.#measured(trainer, { ...view, resolution: Math.min(PROBE, view.resolution) });
    const affordable = Math.floor(Math.sqrt(BOUNDARY_MS / (this.#pointMs ?? 0)));
    return this.#measured(trainer, { ...view, resolution: Math.min(view.resolution, Math.max(COARSEST, affordable)) });
  }

  #measured(trainer: Pick<Trainer, 'boundary'>, view: BoundaryView): BoundaryGrid {
    const from = this.#now();
    const grid = trainer.boundary(view);
    this.#pointMs = (this.#now() - from) / view.resolution ** 2;
    return grid;
  }
}
