/** What a window is shown of a run beside its numbers: boundary, confusion matrix and insights, as often as they may cost. */
import type { InsightKind, Insights } from '../../src-core/contract/insights.ts';
import type { NetworkLook } from '../../src-core/contract/network-look.ts';
import type { RunLook } from '../../src-core/contract/records.ts';
import type { Turns } from '../../src-core/lib/turns.ts';
import type { Trainer } from '../../src-core/trainer/define.ts';
import type { Probe } from '../../src-core/trainer/probe.ts';
import { BoundaryPace, type BoundaryView } from './boundary-pace.ts';
import { timed } from './jobs.ts';
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
  #fresh: Omit<ShownLooks, 'confusion'> = NONE;

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

  /** What is to be seen of the nodes from here on. */
  watchNetwork(watched: Watched | null): void {
    this.#watched = watched;
    this.#networkAt = '';
  }

  /** The confusion matrix of the epoch that has just ended: any other would cost an evaluation of its own. */
  epochDone(): void {
    this.#last = { ...this.#last, confusion: this.#options.trainer.confusion() };
    this.#isConfusionShown = false;
  }

  /** What is new since the last call. */
  take(): ShownLooks {
    const { boundary, insights, network } = this.#fresh;
    this.#fresh = NONE;
    const confusion = this.#isConfusionShown ? null : this.#last.confusion;
    this.#isConfusionShown = true;
    return { boundary, insights, network, confusion };
  }

  /** Looks that are due: while training only as often as their share of the time allows, at rest always. */
  due(isRunning: boolean): Turns<void>[] {
    const looks = [this.#dueBoundary(isRunning), this.#dueInsights(isRunning), this.#dueNetwork(isRunning)];
    return looks.filter((look) => look !== null);
  }

  /** A look at the nodes now, whenever the last one was. */
  *lookNow(watched: Watched, isRunning: boolean): Turns<NetworkLook> {
    const { trainer } = this.#options;
    this.#networkAt = momentOf(trainer);
    return yield* this.#lookPace.look(trainer, watched, isRunning);
  }

  dispose(): void {
    this.#probe?.dispose();
  }

  #dueBoundary(isRunning: boolean): Turns<void> | null {
    const { trainer } = this.#options;
    const view = this.#view;
    if (view === null || this.#boundaryStep === trainer.step) return null;
    if (isRunning && !this.#boundaryBudget.isDue) return null;
    this.#boundaryStep = trainer.step;
    return this.#lookAtBoundary(view);
  }

  *#lookAtBoundary(view: BoundaryView): Turns<void> {
    const { trainer, now } = this.#options;
    const { result: boundary, ms } = yield* timed(this.#pace.grid(trainer, view), now);
    this.#boundaryBudget.took(ms);
    if (view !== this.#view) return;
    this.#fresh = { ...this.#fresh, boundary };
    this.#last = { ...this.#last, boundary };
  }

  #dueNetwork(isRunning: boolean): Turns<void> | null {
    const { trainer } = this.#options;
    // Phases are told of even where no card is in view.
    const watched = this.#watched ?? (trainer.phase === null ? null : NOTHING);
    if (watched === null || this.#networkAt === momentOf(trainer)) return null;
    if (isRunning && !this.#lookPace.isDue) return null;
    this.#networkAt = momentOf(trainer);
    return this.#lookAtNetwork(watched, isRunning);
  }

  *#lookAtNetwork(watched: Watched, isRunning: boolean): Turns<void> {
    const network = yield* this.lookNow(watched, isRunning);
    this.#fresh = { ...this.#fresh, network };
  }

  #dueInsights(isRunning: boolean): Turns<void> | null {
    const { trainer } = this.#options;
    if (this.#kinds.length === 0 || this.#insightsStep === trainer.step) return null;
    if (isRunning && !this.#insightsBudget.isDue) return null;
    this.#insightsStep = trainer.step;
    return this.#lookInside(this.#kinds);
  }

  /** After a divergence at the last sound weights. */
  *#lookInside(kinds: readonly InsightKind[]): Turns<void> {
    const { trainer, openProbe, now } = this.#options;
    if (this.#probe === null) {
      this.#probe = openProbe();
      yield;
    }
    const probe = this.#probe;
    const look = function* (): Turns<Insights> {
      yield* probe.take(trainer.weightSource());
      return yield* probe.insights(kinds, trainer.step);
    };
    const { result: insights, ms } = yield* timed(look(), now);
    this.#insightsBudget.took(ms);
    if (kinds !== this.#kinds) return;
    this.#fresh = { ...this.#fresh, insights };
    this.#last = { ...this.#last, insights };
  }
}

const NONE = { boundary: null, insights: null, network: null };
const NOTHING: Watched = { nodes: [], weights: null };

function momentOf({ step, phase }: Trainer): string {
  return `${step} ${phase}`;
}
