/** The same numbers under other axes. */
import { MAX_AXIS } from '../lib/fields.ts';
import { integersParam } from '../lib/params.ts';
import { formatShape } from '../tensor/shape.ts';
import type { LayerDefinition } from './define.ts';
import { theInput } from './inputs.ts';

/** Row-major. Shapes: x [...] -> shape. Throws shape.reshape. */
export const reshape: LayerDefinition = {
  label: 'Reshape',
  group: 'core',
  icon: 'proportions',
  summary: 'Gives the same values other axes, in the same order.',
  formula: String.raw`\operatorname{vec}(y) = \operatorname{vec}(x)`,
  fields: {
    shape: {
      kind: 'integers',
      label: 'Shape',
      help: 'Axes of the result without the batch; their product stays.',
      length: [1, 4],
      min: 1,
      max: MAX_AXIS,
      initial: [2],
    },
  },
  inputs: 'one',
  brief: (params) => formatShape(integersParam(params, 'shape')),
  record: (builder, inputs, params) =>
    builder.op('reshape', [theInput(inputs)], { shape: integersParam(params, 'shape') }),
};
