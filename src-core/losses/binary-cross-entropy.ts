/** Log-likelihood of two classes; from the logits when a sigmoid comes last. */
import type { LossDefinition } from './define.ts';

/** Mean of −(y·ln o + (1 − y)·ln(1 − o)); probabilities are clipped unless the logits are known. Shapes: output [.., C], target alike -> [] per row. */
export const binaryCrossEntropy: LossDefinition = {
  label: 'Binary cross-entropy',
  summary: 'Log-likelihood of two classes; from the logits when a sigmoid comes last.',
  formula: String.raw`-\frac{1}{n}\sum_i y_i \ln o_i + (1 - y_i)\ln(1 - o_i)`,
  fields: {},
  tasks: ['binary', 'multiclass'],
  fusesWith: 'sigmoid',
  weighsClasses: true,
  threshold: 0.5,
  record: (recorder, { output, target, logits }) =>
    logits === null
      ? recorder.op('binary_cross_entropy', [output, target])
      : recorder.op('sigmoid_cross_entropy', [logits, target]),
};
