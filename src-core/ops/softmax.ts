/** Softmax over the last axis. */
import type { OpDefinition } from './define.ts';
import { elementwise, elementwiseGradient } from './rules.ts';

/** y_i = e^(x_i − m) / Σ_j e^(x_j − m), m the largest of the row. Shapes: x [...] -> [...]. */
export const softmax: OpDefinition = elementwise('softmax_gradient', 'output');

/** y_i·(g_i − Σ_j g_j·y_j). Inputs: the output of softmax, the gradient of its output. */
export const softmaxGradient: OpDefinition = elementwiseGradient;
