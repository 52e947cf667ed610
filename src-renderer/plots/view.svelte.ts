/** How the person looks at the plots: kept while tabs change, never part of the document. */
import { createContext } from 'svelte';
import type { Zoom } from '../ui/charts/zoom.ts';
import type { Axes } from './boundary-view.ts';
import { PredictMemory } from './predict-memory.svelte.ts';

export class PlotsView {
  isLog = $state(false);
  /** Part of the epochs that the curves of a run show. */
  #zoom: { readonly runId: string | null; readonly zoom: Zoom } = $state.raw({ runId: null, zoom: null });
  /** Smoothing of the curves, 0 … 0.99. */
  smoothing = $state(0);
  /** Boundary in plain class colours, without shading. */
  isDiscrete = $state(false);
  /** Inputs on the boundary's axes. */
  inputX = $state(0);
  inputY = $state(1);
  /** Metric of the metrics plot; null for the first there is. */
  metric: string | null = $state(null);
  /** The data for which the second plot was chosen in this window; null while it only was remembered. */
  secondFor: string | null = $state(null);
  readonly predict = new PredictMemory();

  /** The inputs shown, of so many: a choice made for other data falls back to the first two. */
  axesOf(inputCount: number): Axes {
    const fallback = Math.max(0, Math.min(1, inputCount - 1));
    return {
      x: this.inputX < inputCount ? this.inputX : 0,
      y: this.inputY < inputCount ? this.inputY : fallback,
    };
  }

  /** Null for all epochs; another run begins with all of its own. */
  zoomOf(runId: string | null): Zoom {
    return this.#zoom.runId === runId ? this.#zoom.zoom : null;
  }

  zoomTo(runId: string | null, zoom: Zoom): void {
    this.#zoom = { runId, zoom };
  }

  chooseInputs(x: number, y: number): void {
    this.inputX = x;
    this.inputY = y;
  }
}

export const [usePlotsView, providePlotsView] = createContext<PlotsView>();
