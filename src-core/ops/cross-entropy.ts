/** Cross-entropy on probabilities. */
import type { OpDefinition } from './define.ts';
import { rowLoss, rowLossGradient } from './row-loss.ts';

/** −Σ y·ln p over the last axis, mean over leading axes, p clipped to [1e-7, 1 − 1e-7]. Shapes: output [.., C], target alike -> [] per row. */
export const crossEntropy: OpDefinition = rowLoss('cross_entropy_gradient');

/** −g·y/p/examples inside the clip, 0 outside. Inputs: output, target, the gradient of each row's loss. */
export const crossEntropyGradient: OpDefinition = rowLossGradient;
