/** Binary cross-entropy on logits. */
import type { OpDefinition } from './define.ts';
import { rowLoss, rowLossGradient } from './row-loss.ts';

/** Mean over the row of max(z, 0) − z·y + ln(1 + e^−|z|): finite for every z. Shapes: output [.., C], target alike -> [] per row. */
export const sigmoidCrossEntropy: OpDefinition = rowLoss('sigmoid_cross_entropy_gradient');

/** g·(σ(z) − y)/n. Inputs: output, target, the gradient of each row's loss. */
export const sigmoidCrossEntropyGradient: OpDefinition = rowLossGradient;
