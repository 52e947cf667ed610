/** Adding one number per channel or feature, and the sum that is its gradient. */
import { assert } from '../lib/assert.ts';
import type { OpDefinition } from './define.ts';
import { channelAxis, inputOf, inputValue, likeFirst, outputGradient } from './rules.ts';

/** y = x + b along `axis` ('first' or 'last'). Shapes: x [.., N] or [N, ..], b [N] -> like x. */
export const addBias: OpDefinition = {
  infer: (inputs, attributes) => {
    const x = inputOf(inputs, 0);
    assert(x.shape[channelAxis(x.shape, attributes)] === inputOf(inputs, 1).shape[0], 'one bias per channel');
    return likeFirst(inputs);
  },
  gradient: (context) => {
    const g = outputGradient(context);
    return [g, context.needs(1) ? context.recorder.op('channel_sum', [g], context.attributes) : null];
  },
};

/** Sum over everything but `axis`, the batch included: x [.., N] or [N, ..] -> [N]. */
export const channelSum: OpDefinition = {
  infer: (inputs, attributes) => {
    const x = inputOf(inputs, 0);
    return [{ shape: [x.shape[channelAxis(x.shape, attributes)] ?? 1], batched: false }];
  },
  gradient: (context) => [
    context.recorder.op('channel_spread', [inputValue(context, 0), outputGradient(context)], context.attributes),
  ],
};

/** One number per channel, repeated: (x, b [N]) -> like x, holding b along `axis`. */
export const channelSpread: OpDefinition = { infer: likeFirst };
