/** All zero. */
import type { InitializerDefinition } from './define.ts';

/** w = 0. */
export const zeros: InitializerDefinition = {
  label: 'Zeros',
  summary: 'All zero.',
  formula: String.raw`w = 0`,
  fields: {},
  draw: (values) => {
    values.fill(0);
  },
};
