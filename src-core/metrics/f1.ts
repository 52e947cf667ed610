/** Precision and recall in one number. */
import { meanRate } from './classes.ts';
import type { MetricDefinition } from './define.ts';

/** 2·TP/(2·TP + FP + FN): harmonic mean of precision and recall; of the second class for binary, mean over classes for multiclass. */
export const f1: MetricDefinition = {
  label: 'F1',
  tasks: ['binary', 'multiclass'],
  better: 'higher',
  summary: 'Harmonic mean of precision and recall (mean over classes).',
  formula: '\\tfrac{2TP}{2TP + FP + FN}',
  compute: (scored) => meanRate(scored, ({ hits, falseAlarms, misses }) => [2 * hits, 2 * hits + falseAlarms + misses]),
};
