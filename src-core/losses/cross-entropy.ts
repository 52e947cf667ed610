/** Log-likelihood of the right class; from the logits when a softmax comes last. */
import type { LossDefinition } from './define.ts';

/** −Σ y·ln o over the classes (last axis), mean over examples; probabilities are clipped unless the logits are known. Shapes: output [.., C], target alike -> [] per row. */
export const crossEntropy: LossDefinition = {
  label: 'Cross-entropy',
  summary: 'Log-likelihood of the right class; from the logits when a softmax comes last.',
  formula: String.raw`-\sum_c y_c \ln o_c`,
  fields: {},
  tasks: ['multiclass'],
  fusesWith: 'softmax',
  weighsClasses: true,
  threshold: 0.5,
  record: (recorder, { output, target, logits }) =>
    logits === null
      ? recorder.op('cross_entropy', [output, target])
      : recorder.op('softmax_cross_entropy', [logits, target]),
};
