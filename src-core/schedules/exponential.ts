/** Shrinks the rate by a factor every epoch. */
import { numberParam } from '../lib/params.ts';
import type { ScheduleDefinition } from './define.ts';

/** rate = base·gamma^epoch. */
export const exponential: ScheduleDefinition = {
  label: 'Exponential',
  summary: 'Shrinks the rate by a factor every epoch.',
  formula: String.raw`\eta_e = \eta\,\gamma^e`,
  fields: {
    gamma: {
      kind: 'number',
      label: 'Gamma',
      help: 'Factor by which the rate shrinks.',
      min: 0,
      exclusiveMin: true,
      default: 0.95,
    },
  },
  rate: ({ base, epoch }, params) => base * numberParam(params, 'gamma') ** epoch,
};
