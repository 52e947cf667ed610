/** Adds its inputs, element by element. */
import type { LayerDefinition } from './define.ts';
import { manyInputs } from './inputs.ts';

/** Shapes: two or more [...] of one shape -> [...]. Throws shape.inputs_differ, shape.too_few_inputs. */
export const add: LayerDefinition = {
  label: 'Add',
  group: 'merge',
  icon: 'plus',
  summary: 'Adds its inputs, element by element.',
  formula: String.raw`y = \sum_k x_k`,
  fields: {},
  inputs: 'many',
  brief: () => '',
  record: (builder, inputs) => builder.op('add', manyInputs(inputs, 'add')),
};
