/** Squared distance from the target; the usual loss for numbers. */
import type { LossDefinition } from './define.ts';

/** Mean of (o − y)² over all elements. Shapes: output [.., C], target alike -> [] per row. */
export const meanSquaredError: LossDefinition = {
  label: 'Mean squared error',
  summary: 'Squared distance from the target; the usual loss for numbers.',
  formula: String.raw`\frac{1}{n}\sum_i (o_i - y_i)^2`,
  fields: {},
  tasks: ['regression', 'binary', 'multiclass'],
  weighsClasses: false,
  threshold: 0.5,
  record: (recorder, { output, target }) => recorder.op('squared_error', [output, target]),
};
