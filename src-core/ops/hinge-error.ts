/** Hinge loss of each row. */
import type { OpDefinition } from './define.ts';
import { rowLoss, rowLossGradient } from './row-loss.ts';

/** Mean over the row of max(0, 1 − s·o), s = 2y − 1. Shapes: output [.., C], target alike -> [] per row. */
export const hingeError: OpDefinition = rowLoss('hinge_error_gradient');

/** −g·s/n where s·o < 1, else 0. Inputs: output, target, the gradient of each row's loss. */
export const hingeErrorGradient: OpDefinition = rowLossGradient;
