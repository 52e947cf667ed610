/** From the losses of the rows to the loss of the batch. */
import { assert } from '../lib/assert.ts';
import type { OpDefinition } from './define.ts';
import { inputOf, inputValue, likeFirst, outputGradient } from './rules.ts';

/** Σ w·l / Σ w over the rows, 0 where no row weighs anything: (l [] per row, w [] per row) -> one number. */
export const weightedMean: OpDefinition = {
  infer: (inputs) => {
    assert(inputOf(inputs, 0).shape.length === 0 && inputOf(inputs, 0).batched, 'one loss per row');
    return [{ shape: [], batched: false }];
  },
  gradient: (context) => [
    context.recorder.op('weighted_mean_gradient', [inputValue(context, 1), outputGradient(context)]),
    null,
  ],
};

/** (w, g) -> g·w/Σw per row, 0 where Σw = 0. */
export const weightedMeanGradient: OpDefinition = { infer: likeFirst };

/** y = x · rows of the batch, for one number x: turns a mean into a sum. */
export const timesRows: OpDefinition = {
  infer: likeFirst,
  gradient: (context) => [context.recorder.op('times_rows', [outputGradient(context)])],
};
