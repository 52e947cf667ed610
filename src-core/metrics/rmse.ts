/** Root of the mean squared error. */
import type { MetricDefinition } from './define.ts';

/** √(mean of (o − y)²) over all elements, in the target's own units. */
export const rmse: MetricDefinition = {
  label: 'RMSE',
  tasks: ['regression'],
  better: 'lower',
  summary: 'Root of the mean squared error, in the units of the target.',
  formula: '\\sqrt{\\tfrac1N \\sum (o - y)^2}',
  compute: ({ outputs, targets }) =>
    Math.sqrt(outputs.reduce((sum, value, i) => sum + (value - (targets[i] as number)) ** 2, 0) / outputs.length),
};
