/** Distance from the target; outliers weigh less than under squared error. */
import type { LossDefinition } from './define.ts';

/** Mean of |o − y| over all elements; the derivative at 0 is 0. Shapes: output [.., C], target alike -> [] per row. */
export const meanAbsoluteError: LossDefinition = {
  label: 'Mean absolute error',
  summary: 'Distance from the target; outliers weigh less than under squared error.',
  formula: String.raw`\frac{1}{n}\sum_i |o_i - y_i|`,
  fields: {},
  tasks: ['regression', 'binary', 'multiclass'],
  weighsClasses: false,
  threshold: 0.5,
  record: (recorder, { output, target }) => recorder.op('absolute_error', [output, target]),
};
