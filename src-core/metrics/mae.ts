/** Mean absolute error. */
import type { MetricDefinition } from './define.ts';

/** Mean of |o − y| over all elements, in the target's own units. */
export const mae: MetricDefinition = {
  label: 'MAE',
  tasks: ['regression'],
  better: 'lower',
  summary: 'Mean absolute error, in the units of the target.',
  formula: '\\tfrac1N \\sum |o - y|',
  compute: ({ outputs, targets }) =>
    outputs.reduce((sum, value, i) => sum + Math.abs(value - (targets[i] as number)), 0) / outputs.length,
};
