/** The loss plot as lines and marks, from the state of a run: buffers are kept from frame to frame, nothing is drawn here. */
import type { EpochRecord } from '../../src-core/contract/records.ts';
import type { Curve } from '../ui/charts/downsample.ts';
import { LineBuffers, type Line, type LineOptions } from './curve-lines.ts';
import { lowestIndex, nearestIndex, RecordColumns } from './record-columns.ts';

export interface LossSource {
  readonly records: readonly EpochRecord[];
  /** [step, loss, …] over the run. */
  readonly stepLosses: Float64Array;
  readonly stepsPerEpoch: number;
  /** Always show the steps of the unfinished epoch (stepping by hand). */
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

export class LossLines {
  readonly #columns = new RecordColumns();
  readonly #buffers = new LineBuffers();
  #stepX = new Float64Array(0);
  #stepY = new Float64Array(0);

  picture(source: LossSource, options: LineOptions): LossPicture {
    this.#columns.sync(source.records);
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
    const judged = validation.length > 0 ? validation : loss;
    const best = lowestIndex(judged);
    return {
      lines,
      xMax: Math.max(1, lastOf(loss), lastOf(steps)),
      best: best < 0 ? null : { epoch: judged.x[best] as number, value: judged.y[best] as number },
    };
  }

  /** Exact values at the epoch nearest to `epoch`; the last epoch for null. Reads what the last `picture` took in. */
  readout(epoch: number | null): Readout | null {
    const loss = this.#columns.curve('loss');
    const index = epoch === null ? loss.length - 1 : nearestIndex(loss, epoch);
    if (index < 0) return null;
    const validation = this.#columns.curve('val_loss');
    return {
      epoch: loss.x[index] as number,
      loss: loss.y[index] as number,
      validationLoss: validation.length === 0 ? null : (validation.y[index] as number),
    };
  }

  /** Steps since the last finished epoch, on the epoch axis. */
  #runningSteps({ records, stepLosses, stepsPerEpoch, showsSteps }: LossSource): Curve {
    const none = { x: [], y: [], length: 0 };
    const isWorth = showsSteps || records.length < 2 || stepsPerEpoch >= STEPS_WORTH_SHOWING;
    if (!isWorth || stepsPerEpoch === 0) return none;
    const lastStep = records.at(-1)?.step ?? 0;
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
