/** Of the rows given a class, the share that belongs to it. */
import { meanRate } from './classes.ts';
import type { MetricDefinition } from './define.ts';

/** TP/(TP + FP), 0 when nothing was given the class; of the second class for binary, mean over classes for multiclass. */
export const precision: MetricDefinition = {
  label: 'Precision',
  tasks: ['binary', 'multiclass'],
  better: 'higher',
  summary: 'Of the rows given a class, the share that belongs to it (mean over classes).',
  formula: '\\tfrac{TP}{TP + FP}',
  compute: (scored) => meanRate(scored, ({ hits, falseAlarms }) => [hits, hits + falseAlarms]),
};
