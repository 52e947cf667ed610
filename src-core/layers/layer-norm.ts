/** Normalisation over the features of each row. */
import { numberParam } from '../lib/params.ts';
import type { LayerDefinition } from './define.ts';
import { axisOf, theInput } from './inputs.ts';
import { epsilonField, scaleAndShift, scaledAndShifted } from './normal.ts';

/**
 * y = (x − mean)/√(variance + epsilon)·weight + bias over the last axis. Shapes: x [.., F], weight [F], bias [F] -> [.., F].
 * Source: Ba, Kiros and Hinton, 2016.
 */
export const layerNorm: LayerDefinition = {
  label: 'Layer norm',
  group: 'normalization',
  icon: 'align-center-vertical',
  summary: 'Gives the features of every row mean 0 and variance 1, then scales and shifts them.',
  formula: String.raw`y = \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} \odot w + b`,
  fields: {
    epsilon: epsilonField,
  },
  inputs: 'one',
  brief: () => '',
  record: (builder, inputs, params) => {
    const x = theInput(inputs);
    const features = axisOf(x, -1);
    const learned = scaleAndShift(builder, features);
    const [normal = x] = builder.ops('normalize_blocks', [x], {
      block: features,
      epsilon: numberParam(params, 'epsilon'),
    });
    return scaledAndShifted(builder, normal, learned, 'last');
  },
};
