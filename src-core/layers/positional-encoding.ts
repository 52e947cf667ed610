/** Tells the steps of a sequence apart by waves of many lengths. */
import type { LayerDefinition } from './define.ts';
import { inputOfRank } from './inputs.ts';

/** Adds PE[t, 2i] = sin(t/10000^(2i/D)), PE[t, 2i + 1] = cos of the same. Shapes: x [T, D] -> [T, D]. Throws shape.rank. */
export const positionalEncoding: LayerDefinition = {
  label: 'Positional encoding',
  group: 'sequences',
  icon: 'waves-horizontal',
  summary: 'Adds waves of many lengths, so that attention can tell the steps apart.',
  formula: String.raw`y_{t,2i} = x_{t,2i} + \sin\frac{t}{10000^{2i/D}}`,
  fields: {},
  inputs: 'one',
  brief: () => '',
  record: (builder, inputs) =>
    builder.op('positional_encoding', [inputOfRank(inputs, 2, 'positional_encoding', '[time, features]')]),
};
