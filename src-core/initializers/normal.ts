/** Normal with a chosen deviation. */
import { numberParam } from '../lib/params.ts';
import type { InitializerDefinition } from './define.ts';

/** N(0, stddev²). */
export const normal: InitializerDefinition = {
  label: 'Normal',
  summary: 'Normal with a chosen deviation.',
  formula: String.raw`w \sim N(0, \sigma^2)`,
  fields: {
    stddev: { kind: 'number', label: 'Standard deviation', help: 'Spread of the values.', min: 0, default: 0.05 },
  },
  draw: (values, random, _fans, params) => {
    const deviation = numberParam(params, 'stddev');
    random.fillNormal(values, deviation);
  },
};
