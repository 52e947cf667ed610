/** Absolute error of each row. */
import type { OpDefinition } from './define.ts';
import { rowLoss, rowLossGradient } from './row-loss.ts';

/** Mean over the row of |o − y|. Shapes: output [.., C], target alike -> [] per row. */
export const absoluteError: OpDefinition = rowLoss('absolute_error_gradient');

/** g·sign(o − y)/n, 0 where they are equal. Inputs: output, target, the gradient of each row's loss. */
export const absoluteErrorGradient: OpDefinition = rowLossGradient;
