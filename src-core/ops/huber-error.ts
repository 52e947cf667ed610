/** Huber error of each row. */
import type { OpDefinition } from './define.ts';
import { rowLoss, rowLossGradient } from './row-loss.ts';

/** Mean over the row of d²/2 where |d| ≤ delta, else delta·(|d| − delta/2), d = o − y. Shapes: output [.., C], target alike -> [] per row. */
export const huberError: OpDefinition = rowLoss('huber_error_gradient');

/** g·d/n, with d clamped to ±delta. Inputs: output, target, the gradient of each row's loss. */
export const huberErrorGradient: OpDefinition = rowLossGradient;
