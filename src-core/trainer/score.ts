/** Loss and outputs over many rows in evaluation mode, a piece at a time, and the metrics read from them. */
import type { DataEncoding } from '../datasets/define.ts';
import { unstandardize } from '../datasets/standardize.ts';
import type { TrainingSpec } from '../graph/model.ts';
import { lossOf } from '../losses/registry.ts';
import type { Scored } from '../metrics/define.ts';
import type { Network, Rows } from '../runtime/define.ts';

/** Rows with their targets, in the engine's units. */
export interface ScorableRows {
  readonly count: number;
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
  readonly weights?: Float64Array | undefined;
}

/** An evaluation under way: call `advance` until it says it is done, and `restart` for another one. */
export class Scoring {
  readonly #network: Network;
  readonly #rows: ScorableRows;
  readonly #outputs: Float64Array;
  /** Fixed, so that sums are added up the same way in every run. */
  readonly #pieceRows: number;
  #done = 0;
  #lossTimesWeight = 0;
  #weight = 0;

  constructor(network: Network, rows: ScorableRows) {
    this.#network = network;
    this.#rows = rows;
    this.#outputs = new Float64Array(rows.targets.length);
    this.#pieceRows = Math.min(PIECE_ROWS, network.evaluationRows);
  }

  restart(): void {
    this.#done = 0;
    this.#lossTimesWeight = 0;
    this.#weight = 0;
  }

  get isDone(): boolean {
    return this.#done === this.#rows.count;
  }

  /** Mean loss of all rows; under class weights Σ w·loss / Σ w. */
  get loss(): number {
    return this.#lossTimesWeight / this.#weight;
  }

  /** Outputs of the output node [count × width], in the engine's units, until `restart`. */
  get outputs(): Float64Array {
    return this.#outputs;
  }

  /** Evaluates at most `most` more rows; answers with how many. Pieces are cut the same way whatever `most` is. */
  advance(most: number): number {
    const before = this.#done;
    while (!this.isDone && this.#done - before < most) this.#piece();
    return this.#done - before;
  }

  #piece(): void {
    const { count, inputs, targets, weights } = this.#rows;
    const start = this.#done;
    const end = Math.min(count, start + this.#pieceRows);
    const part = <T extends Float64Array>(values: T) => {
      const width = values.length / count;
      return values.subarray(start * width, end * width);
    };
    const rows: Rows = {
      count: end - start,
      inputs: part(inputs),
      targets: part(targets),
      ...(weights && { weights: part(weights) }),
    };
    const { loss, outputs } = this.#network.evaluate(rows);
    const weight = weights ? part(weights).reduce((sum, value) => sum + value, 0) : end - start;
    if (weight > 0) this.#lossTimesWeight += loss * weight;
    this.#weight += weight;
    this.#outputs.set(outputs, start * (targets.length / count));
    this.#done = end;
  }
}
/** Most rows of one piece. */
const PIECE_ROWS = 256;

/** Outputs and targets as metrics take them: a standardised target is turned back into its own units. */
export function scoredOf(
  rows: Pick<ScorableRows, 'count' | 'targets'>,
  outputs: Float64Array,
  { encoding, training }: { encoding: DataEncoding; training: TrainingSpec },
): Scored {
  const scale = encoding.targetStandardization;
  const inUnits = (values: Float64Array) => {
    if (scale === null) return values;
    const copy = values.slice();
    unstandardize(copy, scale);
    return copy;
  };
  return {
    task: encoding.task,
    count: rows.count,
    width: rows.targets.length / rows.count,
    outputs: inUnits(outputs),
    targets: inUnits(rows.targets),
    threshold: thresholdOf(training),
  };
}

/** A single output of at least this is the second class. */
export function thresholdOf(training: TrainingSpec): number {
  return training.method === 'perceptron' ? 0 : lossOf(training.loss).threshold;
}
