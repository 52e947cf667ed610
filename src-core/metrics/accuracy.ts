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
    let hits = 0;
    for (let row = 0; row < truth.length; row++) if (predicted[row] === truth[row]) hits++;
    return hits / scored.count;
  },
};
