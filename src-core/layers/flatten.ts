/** From images or sequences to one vector. */
import { sizeOf } from '../tensor/shape.ts';
import type { LayerDefinition } from './define.ts';
import { theInput } from './inputs.ts';

/** Row-major over the axes. Shapes: x [...] -> [product]. */
export const flatten: LayerDefinition = {
  label: 'Flatten',
  group: 'core',
  icon: 'rows-3',
  summary: 'Lays all values out as one vector, channel by channel, row by row.',
  formula: String.raw`y = \operatorname{vec}(x)`,
  fields: {},
  inputs: 'one',
  brief: () => '',
  record: (builder, inputs) => {
    const x = theInput(inputs);
    return builder.op('reshape', [x], { shape: [sizeOf(x.shape)] });
  },
};
