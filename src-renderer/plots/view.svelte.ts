/** How the person looks at the plots: kept while tabs change, never part of the document. */
import { createContext } from 'svelte';
import type { BoundaryGrid } from '../../src-core/contract/records.ts';
import type { Axes } from './boundary-view.ts';

export class PlotsView {
  isLog = $state(false);
  /** Smoothing of the curves, 0 … 0.99. */
  smoothing = $state(0);
  /** Boundary in plain class colours, without shading. */
  isDiscrete = $state(false);
  /** Inputs on the boundary's axes. */
  inputX = $state(0);
  inputY = $state(1);
  /** A grid that was made for other axes: not shown. */
  pastGrid: BoundaryGrid | null = $state.raw(null);
  /** Metric of the metrics plot; null for the first there is. */
  metric: string | null = $state(null);

  /** The inputs shown, of so many: a choice made for other data falls back to the first two. */
  axesOf(inputCount: number): Axes {
    const fallback = Math.max(0, Math.min(1, inputCount - 1));
    return {
      x: this.inputX < inputCount ? this.inputX : 0,
      y: this.inputY < inputCount ? this.inputY : fallback,
    };
  }

  /** @param grid the grid on the screen, which belongs to the axes before */
  chooseInputs(x: number, y: number, grid: BoundaryGrid | null): void {
    this.inputX = x;
    this.inputY = y;
    this.pastGrid = grid;
  }
}

export const [usePlotsView, providePlotsView] = createContext<PlotsView>();
