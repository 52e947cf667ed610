/** Takes the steps of a run in slices short enough that messages never wait, as far as its goal and its pace allow. */
import type { EpochRecord } from '../../src-core/contract/records.ts';
import type { Slice, Trainer } from '../../src-core/trainer/define.ts';
import type { Working } from './heartbeat.ts';
import { SLICE_MS } from './limits.ts';
import { Pace } from './pace.ts';
import { StepLosses } from './step-losses.ts';
import { Throttle } from './throttle.ts';

/** How far a run may go before it pauses by itself. */
export type Goal = 'end' | 'epoch' | 'batch';

export interface SteppingOptions {
  readonly trainer: Trainer;
  /** null: full speed. */
  readonly epochsPerSecond: number | null;
  /** Wraps every call that may take long. */
  readonly working: Working;
  readonly onEpoch: (record: EpochRecord) => void;
  readonly now: () => number;
}

export class Stepping {
  goal: Goal = 'end';
  readonly #options: SteppingOptions;
  readonly #trainer: Trainer;
  readonly #pace = new Pace();
  readonly #losses = new StepLosses();
  readonly #throttle: Throttle;
  /** Since the last display update. */
  #rows = 0;
  #shownStep: number;

  constructor(options: SteppingOptions) {
    const { trainer, now, epochsPerSecond } = options;
    this.#options = options;
    this.#trainer = trainer;
    this.#shownStep = trainer.step;
    this.#throttle = new Throttle(trainer.stepsPerEpoch, now);
    this.#throttle.set(epochsPerSecond);
  }

  /** Nothing is to be made up for of the time at rest. */
  restart(): void {
    this.#throttle.restart();
  }

  setPace(epochsPerSecond: number | null): void {
    this.#throttle.set(epochsPerSecond);
  }

  get mayStep(): boolean {
    return this.#stepsNow > 0;
  }

  /** Until the pace allows the next step. */
  get waitMs(): number {
    return this.#throttle.waitMs;
  }

  /** Steps were taken that no window has been shown. */
  get hasMoved(): boolean {
    return this.#trainer.step !== this.#shownStep;
  }

  get samplesPerSecond(): number {
    return this.#pace.samplesPerSecond;
  }

  get etaSeconds(): number | null {
    const { epochs, stepsPerEpoch, step } = this.#trainer;
    return this.#pace.etaSeconds(epochs * stepsPerEpoch - step);
  }

  /** Steps until the slice is over, the goal is reached, or the run ends; answers with the last of them. */
  slice(): Slice {
    const until = this.#options.now() + SLICE_MS;
    let slice: Slice;
    let left = SLICE_MS;
    do {
      slice = this.#advance(left);
      if (this.isGoalReached(slice) || slice.status !== 'ready') break;
      left = until - this.#options.now();
    } while (left > 0 && this.#stepsNow > 0 && this.#pace.fits(left));
    return slice;
  }

  isGoalReached(slice: Slice): boolean {
    if (this.goal === 'batch') return !this.#trainer.isEvaluating;
    return this.goal === 'epoch' && slice.record !== null;
  }

  /**
   * For a display update: the losses since the last one.
   * @param elapsed milliseconds of training since then; null at rest
   */
  shown(elapsed: number | null): Float64Array {
    if (elapsed !== null) this.#pace.passed(this.#trainer.step - this.#shownStep, this.#rows, elapsed);
    this.#rows = 0;
    this.#shownStep = this.#trainer.step;
    return this.#losses.take();
  }

  /** Steps for the next call: none while the run is held back, but an epoch that is being evaluated goes on. */
  get #stepsNow(): number {
    if (this.goal === 'batch') return 1;
    const { allowance } = this.#throttle;
    return this.#trainer.isEvaluating ? Math.max(1, allowance) : allowance;
  }

  /** Steps, or work on the end of an epoch, for about so many milliseconds. */
  #advance(ms: number): Slice {
    const { now, working, onEpoch } = this.#options;
    const { isEvaluating } = this.#trainer;
    const steps = isEvaluating ? 0 : Math.min(this.#pace.stepsIn(ms), this.#stepsNow);
    const from = now();
    const slice = working(() => this.#trainer.advance(steps, isEvaluating ? this.#pace.turnsIn(ms) : 0));
    this.#pace.took(slice.stepLosses.length, now() - from);
    this.#pace.tookTurns(slice.turns, now() - from);
    this.#throttle.took(slice.stepLosses.length);
    this.#losses.add(slice.stepLosses, this.#trainer.step);
    this.#rows += slice.rows;
    if (slice.record) onEpoch(slice.record);
    return slice;
  }
}
