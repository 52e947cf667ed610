/** Squared error of each row. */
import type { OpDefinition } from './define.ts';
import { rowLoss, rowLossGradient } from './row-loss.ts';

/** Mean over the row of (o − y)². Shapes: output [.., C], target alike -> [] per row. */
export const squaredError: OpDefinition = rowLoss('squared_error_gradient');

/** g·2(o − y)/n. Inputs: output, target, the gradient of each row's loss. */
export const squaredErrorGradient: OpDefinition = rowLossGradient;
