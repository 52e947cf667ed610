/** All one. */
import type { InitializerDefinition } from './define.ts';

/** w = 1. */
export const ones: InitializerDefinition = {
  label: 'Ones',
  summary: 'All one.',
  formula: String.raw`w = 1`,
  fields: {},
  draw: (values) => {
    values.fill(1);
  },
};
