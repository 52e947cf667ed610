/** Multiplies its inputs, element by element. */
import type { LayerDefinition } from './define.ts';
import { manyInputs } from './inputs.ts';

/** Shapes: two or more [...] of one shape -> [...]. Throws shape.inputs_differ, shape.too_few_inputs. */
export const multiply: LayerDefinition = {
  label: 'Multiply',
  group: 'merge',
  icon: 'x',
  summary: 'Multiplies its inputs, element by element.',
  formula: String.raw`y = \prod_k x_k`,
  fields: {},
  inputs: 'many',
  brief: () => '',
  record: (builder, inputs) => builder.op('multiply', manyInputs(inputs, 'multiply')),
};
