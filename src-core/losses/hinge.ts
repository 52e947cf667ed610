/** Asks for a margin of 1 on the right side; for classes −1 and +1. */
import type { LossDefinition } from './define.ts';

/**
 * Mean of max(0, 1 − s·o) with s = 2·max(y, 0) − 1: classes 0/1 stand for −1/+1, and targets of −1 and +1 for themselves.
 * Shapes: output [.., C], target alike -> [] per row.
 */
export const hinge: LossDefinition = {
  label: 'Hinge',
  summary: 'Asks for a margin of 1 on the right side; for classes −1 and +1.',
  formula: String.raw`\frac{1}{n}\sum_i \max(0,\, 1 - y_i o_i)`,
  fields: {},
  tasks: ['binary', 'multiclass'],
  weighsClasses: false,
  threshold: 0,
  record: (recorder, { output, target }) => recorder.op('hinge_error', [output, recorder.op('relu', [target])]),
};
