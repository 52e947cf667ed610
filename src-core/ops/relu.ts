/** The rectifier. */
import type { OpDefinition } from './define.ts';
import { elementwise, elementwiseGradient } from './rules.ts';

/** y = max(x, 0). Shapes: x [...] -> [...]. */
export const relu: OpDefinition = elementwise('relu_gradient', 'output');

/** g where y > 0, else 0 (so the derivative at 0 is 0). Inputs: the output of relu, the gradient of its output. */
export const reluGradient: OpDefinition = elementwiseGradient;
