/** Cuts the rate by a factor every few epochs. */
import { numberParam } from '../lib/params.ts';
import type { ScheduleDefinition } from './define.ts';

/** rate = base·gamma^⌊epoch / step_size⌋. */
export const step: ScheduleDefinition = {
  label: 'Step',
  summary: 'Cuts the rate by a factor every few epochs.',
  formula: String.raw`\eta_e = \eta\,\gamma^{\lfloor e / s \rfloor}`,
  fields: {
    step_size: {
      kind: 'integer',
      label: 'Step size',
      help: 'Epochs between two cuts.',
      min: 1,
      max: 1_000_000,
      default: 10,
    },
    gamma: {
      kind: 'number',
      label: 'Gamma',
      help: 'Factor by which the rate shrinks.',
      min: 0,
      exclusiveMin: true,
      default: 0.1,
    },
  },
  rate: ({ base, epoch }, params) =>
    base * numberParam(params, 'gamma') ** Math.floor(epoch / numberParam(params, 'step_size')),
};
