/** Cross-entropy on logits. */
import type { OpDefinition } from './define.ts';
import { rowLoss, rowLossGradient } from './row-loss.ts';

/** Σ y·(ln Σ e^z − z) over the last axis, mean over leading axes, computed from z − max z. Shapes: output [.., C], target alike -> [] per row. */
export const softmaxCrossEntropy: OpDefinition = rowLoss('softmax_cross_entropy_gradient');

/** g·(softmax(z)·Σy − y)/examples. Inputs: output, target, the gradient of each row's loss. */
export const softmaxCrossEntropyGradient: OpDefinition = rowLossGradient;
