/** Binary cross-entropy on probabilities. */
import type { OpDefinition } from './define.ts';
import { rowLoss, rowLossGradient } from './row-loss.ts';

/** Mean over the row of −(y·ln p + (1 − y)·ln(1 − p)), p clipped to [1e-7, 1 − 1e-7]. Shapes: output [.., C], target alike -> [] per row. */
export const binaryCrossEntropy: OpDefinition = rowLoss('binary_cross_entropy_gradient');

/** g·(p − y)/(p(1 − p))/n inside the clip, 0 outside. Inputs: output, target, the gradient of each row's loss. */
export const binaryCrossEntropyGradient: OpDefinition = rowLossGradient;
