/** The loss plot as lines and marks, from the state of a run: buffers are kept from frame to frame, nothing is drawn here. */
import type { EpochRecord } from '../../src-core/contract/records.ts';
import type { Curve } from '../ui/charts/downsample.ts';
import { LineBuffers, type Line, type LineOptions } from './curve-lines.ts';
import { RunColumns, type RunCurves } from './run-columns.ts';

export interface LossSource {
  readonly curves: RunCurves;
  /** [step, loss, …] over the run. */
  readonly stepLosses: Float64Array;
  readonly stepsPerEpoch: number;
  /** Show the steps of the unfinished epoch. */
  readonly showsSteps: boolean;
}

/** What stands beside the legend: exact, unsmoothed values of one epoch. */
export interface Readout {
  readonly epoch: number;
  readonly loss: number;
  readonly validationLoss: number | null;
}

export interface LossPicture {
  readonly lines: readonly Line[];
  readonly xMax: number;
  /** Epoch with the lowest validation loss, or training loss where nothing is held out. */
  readonly best: { readonly epoch: number; readonly value: number } | null;
}

/** With so many steps an epoch lasts long enough for its own line; shorter ones would only flicker. */
const STEPS_WORTH_SHOWING = 100;

/** True where the steps of an epoch are drawn before it ends: of the first ones, of long ones, and while stepping by hand. */
export function areStepsSeen(last: EpochRecord | null, stepsPerEpoch: number, isByHand: boolean): boolean {
  return isByHand || last === null || last.epoch < 2 || stepsPerEpoch >= STEPS_WORTH_SHOWING;
}

export class LossLines {
  readonly #columns = new RunColumns();
  readonly #buffers = new LineBuffers();
  #stepX = new Float64Array(0);
  #stepY = new Float64Array(0);

  picture(source: LossSource, options: LineOptions): LossPicture {
    const { best } = source.curves;
    this.#columns.sync(source.curves);
    const loss = this.#columns.curve('loss');
    const validation = this.#columns.curve('val_loss');
    const steps = this.#runningSteps(source);
    const lines: Line[] = [];
    if (steps.length > 0) {
      lines.push(
        this.#buffers.line(
          { id: 'steps', label: 'Steps of this epoch', role: 'steps', curve: steps },
          { ...options, smoothing: 0 },
        ),
      );
    }
    if (loss.length > 0) {
      lines.push(this.#buffers.line({ id: 'train', label: 'Training', role: 'train', curve: loss }, options));
    }
    if (validation.length > 0) {
      const line = { id: 'validation', label: 'Validation', role: 'validation', curve: validation } as const;
      lines.push(this.#buffers.line(line, options));
    }
    return {
      lines,
      xMax: Math.max(1, lastOf(loss), lastOf(steps)),
      best: best && { epoch: best.epoch, value: best.val_loss ?? best.loss },
    };
  }

  /** Exact values at the epoch nearest to `epoch`; the last epoch for null. Reads what the last `picture` took in. */
  readout(epoch: number | null): Readout | null {
    const hasValidation = this.#columns.curve('val_loss').length > 0;
    const read = this.#columns.readout(hasValidation ? ['loss', 'val_loss'] : ['loss'], epoch);
    return read && { epoch: read.epoch, loss: read.values[0] ?? NaN, validationLoss: read.values[1] ?? null };
  }

  /** Steps since the last finished epoch, on the epoch axis. */
  #runningSteps({ curves: { last }, stepLosses, stepsPerEpoch, showsSteps }: LossSource): Curve {
    const none = { x: [], y: [], length: 0 };
    if (!showsSteps || stepsPerEpoch === 0) return none;
    const lastStep = last?.step ?? 0;
    let from = stepLosses.length;
    while (from >= 2 && (stepLosses[from - 2] as number) > lastStep) from -= 2;
    const length = (stepLosses.length - from) / 2;
    if (this.#stepX.length < length) {
      this.#stepX = new Float64Array(length * 2);
      this.#stepY = new Float64Array(length * 2);
    }
    for (let i = 0; i < length; i++) {
      this.#stepX[i] = (stepLosses[from + i * 2] as number) / stepsPerEpoch;
      this.#stepY[i] = stepLosses[from + i * 2 + 1] as number;
    }
    return { x: this.#stepX, y: this.#stepY, length };
  }
}

const lastOf = ({ x, length }: Curve): number => (length === 0 ? 0 : (x[length - 1] as number));
