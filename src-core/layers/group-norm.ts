/** Normalisation over groups of channels of each row. */
import { AppError } from '../lib/errors.ts';
import { MAX_AXIS } from '../lib/fields.ts';
import { numberParam } from '../lib/params.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { LayerDefinition } from './define.ts';
import { axisOf, theInput } from './inputs.ts';
import { epsilonField, scaleAndShift, scaledAndShifted } from './normal.ts';

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
    epsilon: epsilonField,
  },
  inputs: 'one',
  brief: (params) => `${numberParam(params, 'groups')} groups`,
  record: (builder, inputs, params) => {
    const x = theInput(inputs);
    const channels = axisOf(x, 0);
    const groups = numberParam(params, 'groups');
    if (channels % groups !== 0) throw new AppError('shape.groups', { groups, channels });
    const learned = scaleAndShift(builder, channels);
    const attributes = { block: sizeOf(x.shape) / groups, epsilon: numberParam(params, 'epsilon') };
    const [normal = x] = builder.ops('normalize_blocks', [x], attributes);
    return scaledAndShifted(builder, normal, learned, 'first');
  },
};
