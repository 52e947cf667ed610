/** One run in the engine: trains in slices short enough that messages never wait, and tells what happens. */
import type { EngineEvents } from '../../src-core/contract/engine.ts';
import type { Emit } from '../../src-core/contract/define.ts';
import type { InsightKind } from '../../src-core/contract/insights.ts';
import type { NetworkLook } from '../../src-core/contract/network-look.ts';
import type { EpochRecord, Progress, RunStatus } from '../../src-core/contract/records.ts';
import type { Turns } from '../../src-core/lib/turns.ts';
import type { Slice, Trainer } from '../../src-core/trainer/define.ts';
import type { Probe } from '../../src-core/trainer/probe.ts';
import type { Weights } from '../../src-core/trainer/weights.ts';
import type { BoundaryView } from './boundary-pace.ts';
import type { Working } from './heartbeat.ts';
import { Jobs } from './jobs.ts';
import { FRAME_MS, JOBS_MS, RECORDS_MS } from './limits.ts';
import { LiveLooks, type ShownLooks } from './live-looks.ts';
import type { Watched } from './look-pace.ts';
import { Saver } from './saver.ts';
import { Stepping, type Goal } from './stepping.ts';

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
  /** Bytes on their way to the host. */
  readonly backlog: () => number;
  readonly now: () => number;
}

export class ActiveRun {
  readonly runId: string;
  readonly #trainer: Trainer;
  readonly #options: ActiveRunOptions;
  readonly #saver: Saver;
  readonly #stepping: Stepping;
  readonly #looks: LiveLooks;
  #status: RunStatus = 'paused';
  #reason: string | null = null;
  readonly #jobs: Jobs;
  #turn: NodeJS.Immediate | null = null;
  #wait: NodeJS.Timeout | null = null;
  /** Who waits for a first look at the nodes. */
  readonly #askers = new Set<(look: NetworkLook | null) => void>();
  #records: EpochRecord[] = [];
  #recordsAt = NEVER;
  #shownAt = -FRAME_MS;

  constructor(options: ActiveRunOptions) {
    const { runId, trainer, now } = options;
    this.#options = options;
    this.runId = runId;
    this.#trainer = trainer;
    this.#looks = new LiveLooks(options);
    this.#stepping = new Stepping({ ...options, onEpoch: (record) => this.#epochDone(record) });
    this.#jobs = new Jobs(now);
    this.#saver = new Saver({
      ...{ runId, trainer, now, jobs: this.#jobs, backlog: options.backlog },
      send: (part) => options.emit('checkpoint', part),
      onSaved: () => this.#saved(),
    });
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
    this.#stepping.goal = goal;
    if (this.#status === 'running') return;
    this.#status = 'running';
    this.#shownAt = this.#options.now();
    this.#stepping.restart();
    this.#next();
  }

  /** Forward, backward, then the step itself; nothing while it runs. */
  nextPhase(): void {
    if (this.#status !== 'paused') return;
    if (this.#trainer.phase === 'backward' || this.#trainer.isEvaluating) return this.go('batch');
    this.#working(() => this.#trainer.prepareStep());
    this.#show();
  }

  /** Shown at once; the state and the last looks follow. */
  pause(): void {
    if (this.#status === 'running') this.#rest();
  }

  /** Stops stepping at once, which is shown as a pause; the state follows and then `ended`. */
  stop(): void {
    if (this.isOver) return;
    if (this.#status === 'running') this.#rest();
    this.#end('stopped', null);
  }

  /** Hands over everything; for the end of the process. */
  flush(): void {
    this.#halt();
    this.#flushRecords();
    this.#saver.flush();
  }

  setLearningRate(value: number): void {
    this.#trainer.setLearningRate(value);
    if (this.#status === 'paused') this.#show();
  }

  setPace(epochsPerSecond: number | null): void {
    this.#stepping.setPace(epochsPerSecond);
    if (this.#wait === null) return;
    this.#halt();
    this.#next();
  }

  watch(view: BoundaryView | null): void {
    this.#looks.watchBoundary(view);
    if (this.#status === 'paused') this.#show();
  }

  watchInsights(kinds: readonly InsightKind[]): void {
    this.#looks.watchInsights(kinds);
    if (this.#status === 'paused') this.#show();
  }

  /** A first look; null when there is nothing to look at, or no run any more. */
  watchNetwork(watched: Watched | null): Promise<NetworkLook | null> {
    this.#looks.watchNetwork(watched);
    if (watched === null) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#askers.add(resolve);
      const answer = (look: NetworkLook): void => {
        this.#askers.delete(resolve);
        resolve(look);
      };
      this.#jobs.add(this.#looks.lookNow(watched, this.#status === 'running'), answer, FOR_THE_EYE);
      this.#next();
    });
  }

  /** The network as it stands at this moment. */
  standing(): { readonly weights: Weights; readonly epoch: number; readonly step: number } {
    const { epoch, step } = this.#trainer;
    return { weights: this.#trainer.weights('last'), epoch, step };
  }

  /** For a window that has just opened. */
  current(): Progress {
    return this.#progress({ stepLosses: new Float64Array(), ...this.#looks.last, network: null });
  }

  dispose(): void {
    this.#halt();
    this.#jobs.clear();
    this.#saver.dispose();
    for (const resolve of this.#askers) resolve(null);
    this.#trainer.dispose();
    this.#looks.dispose();
  }

  /** Steps, then looks and states that are to be taken: short enough together that no message waits. */
  #work(): void {
    this.#turn = null;
    if (this.#canStep) this.#slice();
    if (!this.#jobs.isIdle) this.#working(() => this.#jobs.run(JOBS_MS));
    this.#next();
  }

  get #canStep(): boolean {
    return this.#status === 'running' && !this.#jobs.isBlocking && this.#stepping.mayStep;
  }

  #next(): void {
    if (this.#turn !== null || this.#wait !== null) return;
    if (this.#canStep || !this.#jobs.isIdle) {
      this.#turn = setImmediate(() => this.#work());
      return;
    }
    if (this.#status !== 'running') return;
    const { waitMs, hasMoved } = this.#stepping;
    if (waitMs > FRAME_MS && hasMoved) this.#show();
    if (this.#turn === null) this.#wait = setTimeout(() => this.#waited(), waitMs);
  }

  #waited(): void {
    this.#wait = null;
    this.#next();
  }

  #slice(): void {
    const slice = this.#stepping.slice();
    if (slice.status !== 'ready') this.#finish(slice);
    else if (this.#stepping.isGoalReached(slice)) this.#rest();
    else this.#tell(slice.record !== null);
  }

  #epochDone(record: EpochRecord): void {
    this.#records.push(record);
    this.#looks.epochDone();
  }

  #tell(isEpochEnd: boolean): void {
    const now = this.#options.now();
    // Somebody has just pressed Train, and waits for the first point of the curve.
    const isFirstEpoch = this.#recordsAt === NEVER && this.#records.length > 0;
    if (this.#saver.isDue(isEpochEnd)) this.#save();
    else if (now - this.#recordsAt >= RECORDS_MS) this.#flushRecords();
    if (isFirstEpoch || now - this.#shownAt >= FRAME_MS) this.#show();
  }

  /** The history up to a state is in the store before the state is. */
  #save(): void {
    this.#flushRecords();
    this.#saver.save();
  }

  #saved(): void {
    if (this.#status === 'paused') this.#show();
  }

  #rest(): void {
    this.#halt();
    this.#status = 'paused';
    this.#save();
    this.#show();
  }

  #finish({ status, reason }: Slice): void {
    this.#halt();
    this.#end(status === 'diverged' ? 'diverged' : 'done', reason);
  }

  /** Over is what has handed over everything, state and looks. */
  #end(status: RunStatus, reason: string | null): void {
    this.#status = status;
    this.#reason = reason;
    this.#save();
    this.#look();
    this.#jobs.add(nothing(), () => this.#saver.whenSaved(() => this.#ended(status, reason)));
    this.#next();
  }

  #ended(status: RunStatus, reason: string | null): void {
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
    if (this.#records.length === 0) return;
    this.#recordsAt = this.#options.now();
    const { runId, emit } = this.#options;
    emit('epoch', { runId, records: this.#records, bestEpoch: this.#trainer.bestEpoch });
    this.#records = [];
  }

  #show(): void {
    const { now, emit } = this.#options;
    const stepLosses = this.#stepping.shown(this.#status === 'running' ? now() - this.#shownAt : null);
    emit('progress', this.#progress({ stepLosses, ...this.#looks.take() }));
    this.#shownAt = now();
    this.#look();
    this.#next();
  }

  /** Takes the looks that are due; what they find goes with the next frame, or as soon as it is there when nothing runs. */
  #look(): void {
    for (const look of this.#looks.due(this.#status === 'running')) {
      this.#jobs.add(look, () => this.#status === 'paused' && this.#show(), FOR_THE_EYE);
    }
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
      samplesPerSecond: this.#stepping.samplesPerSecond,
      etaSeconds: this.#status === 'running' ? this.#stepping.etaSeconds : null,
      records: [], // the host adds them once they are in the store
      saving: this.#status !== 'running' && this.#saver.isBusy,
    };
  }

  #working<T>(work: () => T): T {
    return this.#options.working(work);
  }
}

const FOR_THE_EYE = { isForTheEye: true } as const;
const NEVER = -Infinity;

/** Comes after what was to be done before. */
function* nothing(): Turns<void> {}
