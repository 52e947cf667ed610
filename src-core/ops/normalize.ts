/** Shifting and scaling to mean 0 and variance 1: within a row, or per channel over the batch. */
import { assert, present } from '../lib/assert.ts';
import type { OpDefinition, ValueType } from './define.ts';
import { channelAxis, inputOf, inputValue, likeFirst, numberOf, outputGradient, outputOf, typeOf } from './rules.ts';
import { sizeOf } from '../tensor/shape.ts';

/**
 * (y, s): every run of `block` neighbours of a row becomes (x − mean)·s, s = 1/√(biased variance + epsilon).
 * Shapes: x [...] -> [...], [size/block]. Layer norm: block = last axis; group norm: block = a group's channels.
 */
export const normalizeBlocks: OpDefinition = {
  infer: (inputs, attributes) => {
    const x = inputOf(inputs, 0);
    const blocks = sizeOf(x.shape) / numberOf(attributes, 'block');
    assert(Number.isInteger(blocks), 'blocks fill a row');
    return [typeOf(x), { shape: [blocks], batched: x.batched }];
  },
  gradient: (context) => {
    const saved = [outputOf(context), outputOf(context, 1), outputGradient(context)];
    return [context.recorder.op('normalize_blocks_gradient', saved, context.attributes)];
  },
};

/** (y, s, g) -> s·(g − mean(g) − y·mean(g·y)), means over each block. */
export const normalizeBlocksGradient: OpDefinition = { infer: likeFirst };

/**
 * (y, mean, variance): (x − mean)/√(variance + epsilon), both over the batch and everything but `axis`; the variance is
 * biased. Shapes: x [.., C] or [C, ..] -> like x, [C], [C]. The gradient flows through y alone.
 */
export const normalizeChannels: OpDefinition = {
  infer: (inputs, attributes) => {
    const x = inputOf(inputs, 0);
    const channels: ValueType = { shape: [x.shape[channelAxis(x.shape, attributes)] ?? 1], batched: false };
    return [typeOf(x), channels, channels];
  },
  gradient: (context) => {
    const saved = [outputOf(context), outputOf(context, 2), outputGradient(context)];
    return [context.recorder.op('normalize_channels_gradient', saved, context.attributes)];
  },
};

/** (y, variance, g) -> (g − mean(g) − y·mean(g·y))/√(variance + epsilon), means per channel. */
export const normalizeChannelsGradient: OpDefinition = { infer: likeFirst };

/** (x, mean, variance) -> (x − mean)/√(variance + epsilon) per channel: evaluation mode, where nothing is differentiated. */
export const normalizeWith: OpDefinition = { infer: likeFirst };

/**
 * (running mean, running variance, mean, variance, x): running = (1 − momentum)·running + momentum·new, the new variance
 * unbiased by n/(n − 1), n = values per channel in the batch (taken from the shape of x).
 */
export const runningUpdate: OpDefinition = { infer: () => [], writes: () => [0, 1] };

/** y = x·w along `axis`. Shapes: x [.., C] or [C, ..], w [C] -> like x. */
export const channelScale: OpDefinition = {
  infer: likeFirst,
  gradient: (context) => {
    const [x, w, g] = [inputValue(context, 0), inputValue(context, 1), outputGradient(context)];
    const { recorder, attributes, needs } = context;
    return [
      needs(0) ? recorder.op('channel_scale', [g, w], attributes) : null,
      needs(1) ? recorder.op('channel_dot', [g, x], attributes) : null,
    ];
  },
};

/** (a, b) -> Σ a·b over everything but `axis`, the batch included: [C]. */
export const channelDot: OpDefinition = {
  infer: (inputs, attributes) => {
    const a = inputOf(inputs, 0);
    return [{ shape: [present(a.shape[channelAxis(a.shape, attributes)], 'channels')], batched: false }];
  },
};
