/** What a window is shown of a run beside its numbers: boundary, confusion matrix and insights, as often as they may cost. */
import type { InsightKind, Insights } from '../../src-core/contract/insights.ts';
import type { NetworkLook } from '../../src-core/contract/network-look.ts';
import type { BoundaryGrid, RunLook } from '../../src-core/contract/records.ts';
import type { Trainer } from '../../src-core/trainer/define.ts';
import type { Probe } from '../../src-core/trainer/probe.ts';
import { BoundaryPace, type BoundaryView } from './boundary-pace.ts';
import type { Working } from './heartbeat.ts';
import { BOUNDARY_SHARE, INSIGHTS_SHARE } from './limits.ts';
import { LookPace, type Watched } from './look-pace.ts';
import { Extra } from './pace.ts';

/** What goes with a progress event. */
export type ShownLooks = RunLook & { readonly network: NetworkLook | null };

export interface LiveLooksOptions {
  readonly trainer: Trainer;
  /** Made when the inside of the network is first looked at. */
  readonly openProbe: () => Probe;
  readonly view: BoundaryView | null;
  readonly kinds: readonly InsightKind[];
  readonly watched: Watched | null;
  readonly working: Working;
  readonly now: () => number;
}

export class LiveLooks {
  readonly #options: LiveLooksOptions;
  readonly #boundaryBudget: Extra;
  readonly #insightsBudget: Extra;
  readonly #pace: BoundaryPace;
  #probe: Probe | null = null;
  #view: BoundaryView | null;
  #kinds: readonly InsightKind[];
  #watched: Watched | null;
  readonly #lookPace: LookPace;
  /** Step and phase that were last shown. */
  #networkAt = '';
  /** The steps that were last shown; -1: whatever there is must be shown anew. */
  #boundaryStep = -1;
  #insightsStep = -1;
  #last: RunLook = { boundary: null, confusion: null, insights: null };
  #isConfusionShown = true;

  constructor(options: LiveLooksOptions) {
    this.#options = options;
    this.#view = options.view;
    this.#kinds = options.kinds;
    this.#watched = options.watched;
    this.#lookPace = new LookPace(options.now);
    this.#boundaryBudget = new Extra(BOUNDARY_SHARE, options.now);
    this.#insightsBudget = new Extra(INSIGHTS_SHARE, options.now);
    this.#pace = new BoundaryPace(options.now);
  }

  /** All that was shown last. */
  get last(): RunLook {
    return this.#last;
  }

  watchBoundary(view: BoundaryView | null): void {
    this.#view = view;
    this.#boundaryStep = -1;
  }

  watchInsights(kinds: readonly InsightKind[]): void {
    this.#kinds = kinds;
    this.#insightsStep = -1;
  }

  /** What is to be seen of the nodes from here on, and a first look at it. */
  watchNetwork(watched: Watched | null, isRunning: boolean): NetworkLook | null {
    this.#watched = watched;
    return watched === null ? null : this.#network(watched, isRunning);
  }

  /** The confusion matrix of the epoch that has just ended: any other would cost an evaluation of its own. */
  epochDone(): void {
    this.#last = { ...this.#last, confusion: this.#options.trainer.confusion() };
    this.#isConfusionShown = false;
  }

  /** What is new since the last call. While training only as often as its share of the time allows; at rest always. */
  fresh(isRunning: boolean): ShownLooks {
    const boundary = this.#freshBoundary(isRunning);
    const insights = this.#freshInsights(isRunning);
    const confusion = this.#isConfusionShown ? null : this.#last.confusion;
    this.#isConfusionShown = true;
    this.#last = {
      boundary: boundary ?? this.#last.boundary,
      insights: insights ?? this.#last.insights,
      confusion: this.#last.confusion,
    };
    return { boundary, confusion, insights, network: this.#freshNetwork(isRunning) };
  }

  dispose(): void {
    this.#probe?.dispose();
  }

  #freshBoundary(isRunning: boolean): BoundaryGrid | null {
    const { trainer, working } = this.#options;
    const view = this.#view;
    if (view === null || this.#boundaryStep === trainer.step) return null;
    if (isRunning && !this.#boundaryBudget.isDue) return null;
    this.#boundaryStep = trainer.step;
    return this.#boundaryBudget.run(() => working(() => this.#pace.grid(trainer, view)));
  }

  #freshNetwork(isRunning: boolean): NetworkLook | null {
    const { trainer } = this.#options;
    // Phases are told of even where no card is in view.
    const watched = this.#watched ?? (trainer.phase === null ? null : NOTHING);
    if (watched === null || this.#networkAt === momentOf(trainer)) return null;
    return isRunning && !this.#lookPace.isDue ? null : this.#network(watched, isRunning);
  }

  #network(watched: Watched, isRunning: boolean): NetworkLook {
    const { trainer, working } = this.#options;
    this.#networkAt = momentOf(trainer);
    return working(() => this.#lookPace.look(trainer, watched, isRunning));
  }

  #freshInsights(isRunning: boolean): Insights | null {
    const { trainer, working } = this.#options;
    if (this.#kinds.length === 0 || this.#insightsStep === trainer.step) return null;
    if (isRunning && !this.#insightsBudget.isDue) return null;
    this.#insightsStep = trainer.step;
    return this.#insightsBudget.run(() => working(() => this.#look()));
  }

  /** After a divergence of the last sound weights. */
  #look(): Insights {
    const { trainer, openProbe } = this.#options;
    this.#probe ??= openProbe();
    this.#probe.set(trainer.weights('last'));
    return this.#probe.insights(this.#kinds, trainer.step);
  }
}

const NOTHING: Watched = { nodes: [], weights: null };

function momentOf({ step, phase }: Trainer): string {
  return `${step} ${phase}`;
}
