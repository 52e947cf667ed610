/** Of the rows of a class, the share that was found. */
import { meanRate } from './classes.ts';
import type { MetricDefinition } from './define.ts';

/** TP/(TP + FN), 0 when the class has no rows; of the second class for binary, mean over classes for multiclass. */
export const recall: MetricDefinition = {
  label: 'Recall',
  tasks: ['binary', 'multiclass'],
  better: 'higher',
  summary: 'Of the rows of a class, the share that was found (mean over classes).',
  formula: '\\tfrac{TP}{TP + FN}',
  compute: (scored) => meanRate(scored, ({ hits, misses }) => [hits, hits + misses]),
};
