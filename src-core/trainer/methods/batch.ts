/** The rows of one step, for methods that look at them outside the engine's own training loop. */
import type { LoadedData } from '../../datasets/define.ts';
import type { TrainingSpec } from '../../graph/model.ts';
import type { Rows, TrainRequest } from '../../runtime/define.ts';
import { rowWeights, weightsByClass } from '../class-weights.ts';

/** Answers for a step of the request (counted from 0) with copies of its rows. */
export function batchReader(data: LoadedData, training: TrainingSpec, batchSize: number) {
  const { training: part, inputSize, targetSize } = data;
  const weights = rowWeights(part, weightsByClass(data, training));
  return ({ order, from }: TrainRequest, step: number): Rows => {
    const rows = order.subarray(from + step * batchSize, from + (step + 1) * batchSize);
    const pick = (values: Float64Array, width: number) => {
      const picked = new Float64Array(rows.length * width);
      rows.forEach((row, i) => picked.set(values.subarray(row * width, (row + 1) * width), i * width));
      return picked;
    };
    return {
      count: rows.length,
      inputs: pick(part.inputs, inputSize),
      targets: pick(part.targets, targetSize),
      ...(weights && { weights: pick(weights, 1) }),
    };
  };
}

/** Takes the steps of a request one by one; the first whose loss or weights are not finite ends it. */
export function takeSteps(
  request: TrainRequest,
  take: (step: number) => { loss: number; rows: number; isFinite: boolean },
) {
  const losses: number[] = [];
  let rows = 0;
  let lossTimesRows = 0;
  for (let step = 0; step < request.steps; step++) {
    const taken = take(step);
    losses.push(taken.loss);
    if (!taken.isFinite || !Number.isFinite(taken.loss)) {
      return { lossTimesRows, rows, stepLosses: Float64Array.from(losses), divergedAt: step };
    }
    rows += taken.rows;
    lossTimesRows += taken.loss * taken.rows;
  }
  return { lossTimesRows, rows, stepLosses: Float64Array.from(losses) };
}
