/** One run in the engine: trains in slices short enough that messages never wait, and tells what happens. */
import type { EngineEvents } from '../../src-core/contract/engine.ts';
import type { Emit } from '../../src-core/contract/define.ts';
import type { InsightKind } from '../../src-core/contract/insights.ts';
import type { NetworkLook } from '../../src-core/contract/network-look.ts';
import type { EpochRecord, Progress, RunStatus } from '../../src-core/contract/records.ts';
import type { Slice, Trainer } from '../../src-core/trainer/define.ts';
import type { Probe } from '../../src-core/trainer/probe.ts';
import type { BoundaryView } from './boundary-pace.ts';
import type { Working } from './heartbeat.ts';
import { FRAME_MS, RECORDS_MS, SLICE_MS } from './limits.ts';
import { LiveLooks, type ShownLooks } from './live-looks.ts';
import type { Watched } from './look-pace.ts';
import { Pace } from './pace.ts';
import { Saver } from './saver.ts';
import { StepLosses } from './step-losses.ts';
import { Throttle } from './throttle.ts';

export interface ActiveRunOptions {
  readonly runId: string;
  readonly trainer: Trainer;
  /** Made when the inside of the network is first looked at. */
  readonly openProbe: () => Probe;
  readonly emit: Emit<EngineEvents>;
  readonly view: BoundaryView | null;
  readonly kinds: readonly InsightKind[];
  readonly watched: Watched | null;
  /** null: full speed. */
  readonly epochsPerSecond: number | null;
  /** Wraps every call that may take long. */
  readonly working: Working;
  readonly now: () => number;
}

/** How far a run may go before it pauses by itself. */
type Goal = 'end' | 'epoch' | 'batch';

export class ActiveRun {
  readonly runId: string;
  readonly #trainer: Trainer;
  readonly #options: ActiveRunOptions;
  readonly #saver: Saver;
  readonly #pace = new Pace();
  readonly #losses = new StepLosses();
  readonly #looks: LiveLooks;
  readonly #throttle: Throttle;
  #goal: Goal = 'end';
  #status: RunStatus = 'paused';
  #reason: string | null = null;
  #turn: NodeJS.Immediate | null = null;
  #wait: NodeJS.Timeout | null = null;
  #records: EpochRecord[] = [];
  #recordsAt = 0;
  #shownAt = -FRAME_MS;
  #rows = 0;
  #shownStep: number;

  constructor(options: ActiveRunOptions) {
    const { runId, trainer, now } = options;
    this.#options = options;
    this.runId = runId;
    this.#trainer = trainer;
    this.#shownStep = trainer.step;
    this.#looks = new LiveLooks(options);
    this.#throttle = new Throttle(trainer.stepsPerEpoch, now);
    this.#throttle.set(options.epochsPerSecond);
    this.#saver = new Saver({ runId, trainer, now, send: (part) => options.emit('checkpoint', part) });
  }

  get isOver(): boolean {
    return this.#status !== 'running' && this.#status !== 'paused';
  }

  /** Saves the state it starts from, so that there always is one, and trains or waits. */
  begin(isPaused: boolean): void {
    this.#save();
    if (isPaused) this.#show();
    else this.go('end');
  }

  go(goal: Goal): void {
    if (this.isOver) return;
    this.#goal = goal;
    if (this.#status === 'running') return;
    this.#status = 'running';
    this.#shownAt = this.#options.now();
    this.#throttle.restart();
    this.#turn = setImmediate(() => this.#slice());
  }

  /** Forward, backward, then the step itself; nothing while it runs. */
  nextPhase(): void {
    if (this.#status !== 'paused') return;
    if (this.#trainer.phase === 'backward' || this.#trainer.isEvaluating) return this.go('batch');
    this.#working(() => this.#trainer.prepareStep());
    this.#show();
  }

  pause(): void {
    if (this.#status === 'running') this.#pause();
  }

  /** Stops stepping at once; the state follows and then `ended`. */
  stop(): void {
    if (this.isOver) return;
    this.#halt();
    this.#status = 'stopped';
    setImmediate(() => this.#end('stopped', null));
  }

  /** Hands over everything; for the end of the process. */
  flush(): void {
    if (this.isOver) return;
    this.#halt();
    this.#save();
  }

  setLearningRate(value: number): void {
    this.#trainer.setLearningRate(value);
    if (this.#status === 'paused') this.#show();
  }

  setPace(epochsPerSecond: number | null): void {
    this.#throttle.set(epochsPerSecond);
    if (this.#wait === null) return;
    this.#halt();
    this.#turn = setImmediate(() => this.#slice());
  }

  watch(view: BoundaryView | null): void {
    this.#looks.watchBoundary(view);
    if (this.#status === 'paused') this.#show();
  }

  watchInsights(kinds: readonly InsightKind[]): void {
    this.#looks.watchInsights(kinds);
    if (this.#status === 'paused') this.#show();
  }

  watchNetwork(watched: Watched | null): NetworkLook | null {
    return this.#looks.watchNetwork(watched, this.#status === 'running');
  }

  /** For a window that has just opened. */
  current(): Progress {
    return this.#progress({ stepLosses: new Float64Array(), ...this.#looks.last, network: null });
  }

  dispose(): void {
    this.#halt();
    this.#trainer.dispose();
    this.#looks.dispose();
  }

  #slice(): void {
    const from = this.#options.now();
    let slice: Slice;
    do {
      slice = this.#advance(this.#stepsNow);
      if (this.#isGoalReached(slice) || slice.status !== 'ready') break;
    } while (this.#stepsNow > 0 && this.#options.now() - from < SLICE_MS);
    if (this.#status !== 'running') return;
    if (slice.status !== 'ready') {
      this.#finish(slice);
    } else if (this.#isGoalReached(slice)) {
      this.#pause();
    } else {
      this.#tell(slice.record !== null);
      this.#next();
    }
  }

  #next(): void {
    if (this.#stepsNow > 0) {
      this.#turn = setImmediate(() => this.#slice());
      return;
    }
    const { waitMs } = this.#throttle;
    if (waitMs > FRAME_MS && this.#trainer.step !== this.#shownStep) this.#show();
    this.#wait = setTimeout(() => this.#waited(), waitMs);
  }

  #waited(): void {
    this.#wait = null;
    this.#next();
  }

  /** Steps for the next call: none while the run is held back, but an epoch that is being evaluated goes on. */
  get #stepsNow(): number {
    if (this.#goal === 'batch') return 1;
    const { allowance } = this.#throttle;
    return Math.min(this.#pace.stepsPerSlice, this.#trainer.isEvaluating ? Math.max(1, allowance) : allowance);
  }

  #advance(steps: number): Slice {
    const from = this.#options.now();
    const slice = this.#working(() => this.#trainer.advance(steps));
    this.#pace.took(slice.stepLosses.length, this.#options.now() - from);
    this.#throttle.took(slice.stepLosses.length);
    this.#losses.add(slice.stepLosses, this.#trainer.step);
    this.#rows += slice.rows;
    if (slice.record) this.#epochDone(slice.record);
    return slice;
  }

  #epochDone(record: EpochRecord): void {
    this.#records.push(record);
    this.#looks.epochDone();
  }

  #isGoalReached(slice: Slice): boolean {
    if (this.#goal === 'batch') return !this.#trainer.isEvaluating;
    return this.#goal === 'epoch' && slice.record !== null;
  }

  #tell(isEpochEnd: boolean): void {
    const now = this.#options.now();
    if (this.#saver.isDue(isEpochEnd)) this.#save();
    else if (now - this.#recordsAt >= RECORDS_MS) this.#flushRecords();
    if (now - this.#shownAt >= FRAME_MS) this.#show();
  }

  /** The history up to a state is in the store before the state is. */
  #save(): void {
    this.#flushRecords();
    this.#working(() => this.#saver.save());
  }

  #pause(): void {
    this.#halt();
    this.#status = 'paused';
    this.#save();
    this.#show();
  }

  #finish({ status, reason }: Slice): void {
    this.#halt();
    this.#end(status === 'diverged' ? 'diverged' : 'done', reason);
  }

  #end(status: RunStatus, reason: string | null): void {
    this.#status = status;
    this.#reason = reason;
    this.#save();
    this.#show();
    this.#options.emit('ended', { runId: this.runId, status, reason });
  }

  #halt(): void {
    if (this.#turn) clearImmediate(this.#turn);
    if (this.#wait) clearTimeout(this.#wait);
    this.#turn = null;
    this.#wait = null;
  }

  #flushRecords(): void {
    this.#recordsAt = this.#options.now();
    if (this.#records.length === 0) return;
    const { runId, emit } = this.#options;
    emit('epoch', { runId, records: this.#records, bestEpoch: this.#trainer.bestEpoch });
    this.#records = [];
  }

  #show(): void {
    const { now, emit } = this.#options;
    const elapsed = now() - this.#shownAt;
    if (this.#status === 'running') this.#pace.passed(this.#trainer.step - this.#shownStep, this.#rows, elapsed);
    this.#rows = 0;
    this.#shownStep = this.#trainer.step;
    const looks = this.#looks.fresh(this.#status === 'running');
    emit('progress', this.#progress({ stepLosses: this.#losses.take(), ...looks }));
    this.#shownAt = now();
  }

  #progress(parts: Pick<Progress, 'stepLosses'> & ShownLooks): Progress {
    const { epoch, epochs, step, stepsPerEpoch, learningRate } = this.#trainer;
    return {
      ...parts,
      runId: this.runId,
      status: this.#status,
      reason: this.#reason,
      epoch,
      epochs,
      step,
      stepsPerEpoch,
      learningRate,
      samplesPerSecond: this.#pace.samplesPerSecond,
      etaSeconds: this.#status === 'running' ? this.#pace.etaSeconds(epochs * stepsPerEpoch - step) : null,
      records: [], // the host adds them once they are in the store
    };
  }

  #working<T>(work: () => T): T {
    return this.#options.working(work);
  }
}
