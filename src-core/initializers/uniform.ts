/** Uniform between two limits. */
import { numberParam } from '../lib/params.ts';
import type { InitializerDefinition } from './define.ts';

/** U(−limit, limit). */
export const uniform: InitializerDefinition = {
  label: 'Uniform',
  summary: 'Uniform between two limits.',
  formula: String.raw`w \sim U(-a, a)`,
  fields: {
    limit: { kind: 'number', label: 'Limit', help: 'Values lie between −limit and limit.', min: 0, default: 0.05 },
  },
  draw: (values, random, _fans, params) => {
    const limit = numberParam(params, 'limit');
    random.fillUniform(values, -limit, limit);
  },
};
