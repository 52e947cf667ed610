/** What plots show of the window's run beside its numbers: boundary, confusion matrix, the inside of the network. */
import type { InsightKind, Insights } from '../../src-core/contract/insights.ts';
import type { BoundaryGrid, RunLook } from '../../src-core/contract/records.ts';
import type { Services } from '../host/services.ts';
import type { HostState } from './host.svelte.ts';

export interface BoundaryView {
  readonly resolution: number;
  readonly x: number;
  readonly y: number;
}

export class RunViews {
  boundary: BoundaryGrid | null = $state.raw(null);
  /** [classes × classes], rows true, columns predicted. */
  confusion: Float64Array | null = $state.raw(null);
  insights: Insights | null = $state.raw(null);

  readonly #host: HostState;
  readonly #over: () => string | null;
  #view: BoundaryView | null = null;
  #kinds: readonly InsightKind[] = [];

  /** @param over the run that is shown and over, with weights to ask about; null for any other */
  constructor(host: HostState, over: () => string | null) {
    this.#host = host;
    this.#over = over;
  }

  async watchBoundary(view: BoundaryView | null): Promise<void> {
    this.#view = view;
    await this.#host.services?.training.watchBoundary({ view });
    if (view !== null) await this.lookBack();
  }

  async watchInsights(kinds: readonly InsightKind[]): Promise<void> {
    this.#kinds = kinds;
    await this.#host.services?.training.watchInsights({ kinds: [...kinds] });
    if (kinds.length > 0) await this.lookBack();
  }

  /** Tells another host what is watched. */
  async connected({ training }: Services): Promise<void> {
    if (this.#view !== null) await training.watchBoundary({ view: this.#view });
    if (this.#kinds.length > 0) await training.watchInsights({ kinds: [...this.#kinds] });
  }

  /** What a run that is over no longer sends: asked for, with the weights it ended on. */
  async lookBack(): Promise<void> {
    const { services } = this.#host;
    const runId = this.#over();
    if (services === null || runId === null) return;
    const [view, kinds] = [this.#view, this.#kinds];
    if (view === null && kinds.length === 0) return;
    const wanted = { view, insights: [...kinds], confusion: this.confusion === null };
    const seen = await services.runs.look({ runId, which: 'last', ...wanted });
    if (this.#over() === runId && this.#view === view && this.#kinds === kinds) this.take(seen);
  }

  /** What is new; the rest stays. */
  take({ boundary, confusion, insights }: RunLook): void {
    this.boundary = boundary ?? this.boundary;
    this.confusion = confusion ?? this.confusion;
    this.insights = insights ?? this.insights;
  }

  clear(): void {
    this.boundary = null;
    this.confusion = null;
    this.insights = null;
  }
}
