/** Normalisation over groups of channels of each row. */
import { AppError } from '../lib/errors.ts';
import { MAX_AXIS } from '../lib/fields.ts';
import { numberParam } from '../lib/params.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { LayerDefinition } from './define.ts';
import { axisOf, theInput } from './inputs.ts';

/**
 * Each group of channels (first axis) of a row gets mean 0 and variance 1. Shapes: x [C, ..], weight [C], bias [C] -> [C, ..].
 * Throws shape.groups. Source: Wu and He, 2018.
 */
export const groupNorm: LayerDefinition = {
  label: 'Group norm',
  group: 'normalization',
  icon: 'group',
  summary: 'Gives groups of channels of every row mean 0 and variance 1, then scales and shifts them.',
  formula: String.raw`y = \frac{x - \mu_g}{\sqrt{\sigma_g^2 + \varepsilon}}\, w_c + b_c`,
  fields: {
    groups: {
      kind: 'integer',
      label: 'Groups',
      help: 'Must divide the number of channels.',
      min: 1,
      max: MAX_AXIS,
      initial: 1,
    },
    epsilon: {
      kind: 'number',
      label: 'Epsilon',
      help: 'Keeps the division finite.',
      min: 0,
      exclusiveMin: true,
      default: 1e-5,
    },
  },
  inputs: 'one',
  brief: (params) => `${numberParam(params, 'groups')} groups`,
  record: (builder, inputs, params) => {
    const x = theInput(inputs);
    const channels = axisOf(x, 0);
    const groups = numberParam(params, 'groups');
    if (channels % groups !== 0) throw new AppError('shape.groups', { groups, channels });
    const weight = builder.parameter('weight', [channels], { init: 'ones', unpenalized: true });
    const bias = builder.parameter('bias', [channels], { init: 'zeros', unpenalized: true });
    const attributes = { block: sizeOf(x.shape) / groups, epsilon: numberParam(params, 'epsilon') };
    const [normal = x] = builder.ops('normalize_blocks', [x], attributes);
    const scaled = builder.op('channel_scale', [normal, weight], { axis: 'first' });
    return builder.op('add_bias', [scaled, bias], { axis: 'first' });
  },
};
