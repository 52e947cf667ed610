/** Share of rows given their true class. */
import { predictedClasses, trueClasses } from './classes.ts';
import type { MetricDefinition } from './define.ts';

/** accuracy = #{predicted = true} / rows. */
export const accuracy: MetricDefinition = {
  label: 'Accuracy',
  tasks: ['binary', 'multiclass'],
  better: 'higher',
  summary: 'Share of rows given their true class.',
  formula: '\\tfrac1N \\sum_n [\\hat c_n = c_n]',
  compute: (scored) => {
    const truth = trueClasses(scored);
    const predicted = predictedClasses(scored);
    return predicted.reduce((hits, label, row) => hits + (label === truth[row] ? 1 : 0), 0) / scored.count;
  },
};
