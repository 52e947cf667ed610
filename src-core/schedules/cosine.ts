/** Lets the rate fall along half a cosine. */
import { numberParam } from '../lib/params.ts';
import type { ScheduleDefinition } from './define.ts';

/** rate = min_rate + (base − min_rate)(1 + cos(π·epoch/epochs))/2. Source: Loshchilov and Hutter, SGDR, 2017. */
export const cosine: ScheduleDefinition = {
  label: 'Cosine',
  summary: 'Lets the rate fall along half a cosine.',
  formula: String.raw`\eta_e = m + (\eta - m)\,\frac{1 + \cos(\pi e / E)}{2}`,
  fields: {
    min_rate: { kind: 'number', label: 'Least rate', help: 'What the rate falls towards.', min: 0, default: 0 },
  },
  rate: ({ base, epoch, epochs }, params) => {
    const least = numberParam(params, 'min_rate');
    return least + ((base - least) * (1 + Math.cos((Math.PI * epoch) / epochs))) / 2;
  },
};
