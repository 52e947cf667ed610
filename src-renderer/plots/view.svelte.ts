/** How the person looks at the plots: kept while tabs change, never part of the document. */
import { createContext } from 'svelte';
import type { BoundaryGrid } from '../../src-core/contract/records.ts';
import type { PlotId } from './registry.ts';

export class PlotsView {
  selected: PlotId = $state('lossCurve');
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
  isFull = $state(false);
  isTable = $state(false);

  /** @param grid the grid on the screen, which belongs to the axes before */
  chooseInputs(x: number, y: number, grid: BoundaryGrid | null): void {
    this.inputX = x;
    this.inputY = y;
    this.pastGrid = grid;
  }
}

export const [usePlotsView, providePlotsView] = createContext<PlotsView>();
