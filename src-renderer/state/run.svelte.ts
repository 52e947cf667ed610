/** The run of this window: how far it is, its curves, and the calls that drive it. */
import type { InsightKind, Insights } from '../../src-core/contract/insights.ts';
import type { BoundaryGrid, EpochRecord, Progress, RunDetail, RunStatus } from '../../src-core/contract/records.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import type { Services } from '../host/services.ts';
import { FrameBatch, nextFrame, type Schedule } from './frame-batch.ts';
import type { HostState } from './host.svelte.ts';
import { RunHistory } from './run-history.svelte.ts';
import { RunViews, type BoundaryView } from './run-views.svelte.ts';
import { StepLosses } from './step-losses.ts';

export interface RateMark {
  readonly step: number;
  readonly epoch: number;
  readonly value: number;
}

/** What may be otherwise when a run goes on. */
export interface ResumeChange {
  readonly epochs?: number;
  readonly learningRate?: number;
}

type EndListener = (status: RunStatus, reason: string | null) => void;

/** Statuses from which the same run goes on with `continue`. */
const ACTIVE: readonly (RunStatus | 'idle')[] = ['running', 'paused'];

export class RunState {
  runId: string | null = $state(null);
  status: RunStatus | 'idle' = $state('idle');
  reason: string | null = $state(null);
  /** At rest, and on its way into the store. */
  saving = $state(false);
  epoch = $state(0);
  epochs = $state(0);
  step = $state(0);
  stepsPerEpoch = $state(0);
  learningRate = $state(0);
  samplesPerSecond = $state(0);
  etaSeconds: number | null = $state(null);
  readonly history = new RunHistory();
  /** Where the learning rate was changed by hand. */
  rateMarks: readonly RateMark[] = $state.raw([]);
  /** Where training was paused by hand and went on again. */
  pauseMarks: readonly { readonly step: number; readonly epoch: number }[] = $state.raw([]);
  /** The document this run was started from: what is drawn belongs to it. */
  document: ProjectDocument | null = $state.raw(null);
  /** A call to the host is under way; controls wait. */
  busy = $state(false);
  /** What was asked of the run and is not answered yet: said at once, however busy window and host are. */
  asked: 'pausing' | 'stopping' | null = $state(null);
  /** Another page drives: the runs that it starts are shown here as well. */
  follows = false;
  /** Grows with every change of `stepLosses`. */
  stepVersion = $state(0);

  readonly isActive = $derived(ACTIVE.includes(this.status));
  readonly isRunning = $derived(this.status === 'running');
  readonly hasRun = $derived(this.status !== 'idle');

  readonly #steps = new StepLosses();
  readonly #rates = new StepLosses();
  readonly #host: HostState;
  readonly #batch: FrameBatch<Progress>;
  readonly #views: RunViews;
  #onStarting: ((services: Services) => Promise<void>) | null = null;
  #onNothing: ((services: Services) => Promise<void>) | null = null;
  /** The run that was shown before: its last words may come while the next one has no id yet. */
  #left: string | null = null;
  /** What came of another page's run while it was being taken up. */
  #missed: Progress[] | null = null;
  readonly #endListeners = new Set<EndListener>();
  readonly #shownListeners = new Set<() => void>();

  constructor(host: HostState, schedule: Schedule = nextFrame) {
    this.#host = host;
    this.#batch = new FrameBatch((items) => this.#apply(items), schedule);
    this.#views = new RunViews(host, () => (this.hasRun && !this.isActive && this.step > 0 ? this.runId : null));
    host.onConnected((services) => void this.#connected(services));
  }

  /** Called once when a run that was active in this window ends, however it ends. */
  onEnded(listener: EndListener): void {
    this.#endListeners.add(listener);
  }

  /** Called when a stored run was opened. */
  onShown(listener: () => void): void {
    this.#shownListeners.add(listener);
  }

  /** Called before this window starts a run, or goes on with a stored one. */
  onStarting(listener: (services: Services) => Promise<void>): void {
    this.#onStarting = listener;
  }

  /** Called at a connection when there is no run to show: none in this window, none active in the host. */
  onNothing(listener: (services: Services) => Promise<void>): void {
    this.#onNothing = listener;
  }

  /** The newest epochs, one line each; where a run is long, earlier ones are in the store (`history.storedTo`). */
  get records(): readonly EpochRecord[] {
    return this.history.records;
  }

  get boundary(): BoundaryGrid | null {
    return this.#views.boundary;
  }

  /** [classes × classes], rows true, columns predicted. */
  get confusion(): Float64Array | null {
    return this.#views.confusion;
  }

  /** The inside of the network, as far as it is watched. */
  get insights(): Insights | null {
    return this.#views.insights;
  }

  /** [step, learning rate, …] as far as this window saw them; read it beside `stepVersion`. */
  get rates(): Float64Array {
    return this.#rates.pairs;
  }

  /** [step, loss, …] of the run's steps; read it beside `stepVersion`. */
  get stepLosses(): Float64Array {
    return this.#steps.pairs;
  }

  /** Starts a new run of this document; `paused` leaves it at its initial weights. */
  async start(document: ProjectDocument, { paused = false } = {}): Promise<void> {
    await this.#call(async (services) => {
      if (this.isActive) await services.training.stop({});
      const told = this.#onStarting?.(services); // the host takes calls in order: no need to wait for its answer
      this.clear();
      this.document = document;
      this.epochs = document.training.epochs ?? 0;
      this.status = paused ? 'paused' : 'running';
      const started = Promise.all([services.training.start({ document, paused }), told]);
      const [{ runId }] = await started.catch((error: unknown) => {
        this.clear();
        throw error;
      });
      this.runId = runId;
    });
  }

  async pause(): Promise<void> {
    await this.#asking('pausing', (services) => services.training.pause({}));
  }

  async continue(): Promise<void> {
    const { step, epoch } = this;
    await this.#call((services) => services.training.continue({}));
    if (step > 0) this.pauseMarks = [...this.pauseMarks, { step, epoch }];
  }

  /** Ends the run and keeps what it learnt. */
  async stop(): Promise<void> {
    await this.#asking('stopping', (services) => services.training.stop({}));
  }

  async stepOnce(unit: 'batch' | 'epoch' | 'phase'): Promise<void> {
    await this.#call((services) => services.training.step({ unit }));
  }

  /** Ends the run and empties the view; the next start begins from the same initial weights. */
  async reset(): Promise<void> {
    await this.#call(async (services) => {
      if (this.isActive) await services.training.stop({});
      this.clear();
    });
  }

  /** Goes on from the last checkpoint of a stored run. */
  async resume(runId: string, document: ProjectDocument, change: ResumeChange = {}): Promise<void> {
    await this.#call(async (services) => {
      if (this.isActive) await services.training.stop({});
      await this.#onStarting?.(services);
      const resumed = await services.training.resumeRun({ runId, ...change });
      this.clear();
      this.document = document;
      this.runId = resumed.runId;
      this.status = 'running';
      const detail = await services.runs.get({ runId: resumed.runId });
      this.history.take(detail, await this.history.peek(services, detail));
      const { learningRate: value } = change;
      const { step = 0, epoch = 0 } = this.history.last ?? {};
      if (value !== undefined) this.rateMarks = [{ step, epoch, value }];
    });
  }

  async setLearningRate(value: number): Promise<void> {
    await this.#call(async (services) => {
      await services.training.setLearningRate({ value });
      this.rateMarks = [...this.rateMarks, { step: this.step, epoch: this.epoch, value }];
    });
  }

  /** Which two inputs the boundary shows; null ends the stream. Kept across reconnections. */
  watchBoundary(view: BoundaryView | null): Promise<void> {
    return this.#views.watchBoundary(view);
  }

  /** Which summaries of the network's inside are shown. Kept across reconnections. */
  watchInsights(kinds: readonly InsightKind[]): Promise<void> {
    return this.#views.watchInsights(kinds);
  }

  /** Shows a run that is over, as it stands in the store. */
  async show(detail: RunDetail): Promise<void> {
    const { services } = this.#host;
    if (services === null || this.isActive) return;
    const history = await this.history.peek(services, detail);
    if (this.isActive) return;
    this.clear();
    this.history.take(detail, history);
    this.runId = detail.id;
    this.document = detail.document;
    this.reason = detail.reason;
    this.epoch = detail.epoch;
    this.epochs = detail.epochs;
    this.step = detail.step;
    this.stepsPerEpoch = detail.epoch === 0 ? 0 : (detail.last?.step ?? 0) / detail.epoch;
    this.status = detail.status;
    for (const listener of this.#shownListeners) listener();
    await this.#views.lookBack();
  }

  /** Back to "nothing trained yet". */
  clear(): void {
    this.#batch.flush();
    this.#steps.clear();
    this.#rates.clear();
    this.#left = this.runId ?? this.#left;
    this.runId = null;
    this.status = 'idle';
    this.reason = null;
    this.saving = false;
    this.document = null;
    this.#views.clear();
    this.history.clear();
    this.rateMarks = [];
    this.pauseMarks = [];
    this.epoch = 0;
    this.epochs = 0;
    this.step = 0;
    this.samplesPerSecond = 0;
    this.etaSeconds = null;
    this.stepVersion++;
  }

  async #asking(asked: 'pausing' | 'stopping', work: (services: Services) => Promise<unknown>): Promise<void> {
    await this.#call(async (services) => {
      this.asked = asked;
      await work(services).finally(() => (this.asked = null));
    });
  }

  async #call(act: (services: Services) => Promise<unknown>): Promise<void> {
    const { services } = this.#host;
    if (services === null || this.busy) return;
    this.busy = true;
    try {
      await act(services);
    } finally {
      this.busy = false;
    }
  }

  async #connected(services: Services): Promise<void> {
    services.training.on('progress', (progress) => this.#receive(progress));
    const before = this.isActive ? this.runId : null;
    await this.#views.connected(services);
    const current = await services.training.current({});
    if (current === null) {
      // A run that was started since is too young for this answer.
      if (before !== null && this.runId === before) this.status = 'interrupted';
      if (!this.hasRun) await this.#onNothing?.(services);
      return;
    }
    if (current.runId === this.runId) return this.#receive(current);
    await this.#takeUp(services, current);
  }

  /** Shows a run that another page, or this one before it was loaded again, has started. */
  async #takeUp(services: Services, current: Progress): Promise<void> {
    const detail = await services.runs.get({ runId: current.runId });
    const history = await this.history.peek(services, detail);
    this.clear();
    this.history.take(detail, history);
    this.runId = current.runId;
    this.document = detail.document;
    this.status = current.status;
    this.#receive({ ...current, records: [] });
  }

  #receive(progress: Progress): void {
    // Between `start` and its answer the run has no id here yet; anything else is an older run's farewell.
    const isNew = this.runId === null && this.status !== 'idle' && progress.runId !== this.#left;
    const isOurs = progress.runId === this.runId || isNew;
    if (isOurs) this.#batch.add(progress);
    else if (this.#missed !== null) this.#missed.push(progress);
    else if (this.follows && progress.runId !== this.#left) void this.#follow(progress);
  }

  /** Another page has started a run, which may be over before this one has read of it. */
  async #follow(first: Progress): Promise<void> {
    const { services } = this.#host;
    if (services === null || this.busy) return;
    this.busy = true;
    let missed = (this.#missed = [first]);
    try {
      const current = await services.training.current({});
      if (current !== null) missed = this.#missed = []; // older than the answer
      const now = current ?? missed.at(-1) ?? first;
      if (now.runId !== this.runId) await this.#takeUp(services, now);
    } finally {
      this.busy = false;
      this.#missed = null;
      for (const progress of missed) if (progress.runId === this.runId) this.#receive(progress);
    }
  }

  #apply(items: readonly Progress[]): void {
    const last = items.at(-1);
    if (last === undefined || this.status === 'idle') return;
    this.history.add(items.flatMap(({ records }) => records));
    for (const { stepLosses } of items) this.#steps.add(stepLosses);
    if (items.some(({ stepLosses }) => stepLosses.length > 0)) this.stepVersion++;
    for (const item of items) {
      this.#views.take(item);
      if (item.step > 0) this.#rates.add(Float64Array.of(item.step, item.learningRate));
    }
    const hasEnded = this.isActive && !ACTIVE.includes(last.status);
    this.runId = last.runId;
    this.status = last.status;
    this.reason = last.reason;
    this.saving = last.saving;
    this.epoch = last.epoch;
    this.epochs = last.epochs;
    this.step = last.step;
    this.stepsPerEpoch = last.stepsPerEpoch;
    this.learningRate = last.learningRate;
    this.samplesPerSecond = last.samplesPerSecond;
    this.etaSeconds = last.etaSeconds;
    if (hasEnded) for (const listener of this.#endListeners) listener(last.status, last.reason);
  }
}
