/** The hyperbolic tangent. */
import type { OpDefinition } from './define.ts';
import { elementwise, elementwiseGradient } from './rules.ts';

/** y = tanh x. Shapes: x [...] -> [...]. */
export const tanh: OpDefinition = elementwise('tanh_gradient', 'output');

/** g·(1 − y²). Inputs: the output of tanh, the gradient of its output. */
export const tanhGradient: OpDefinition = elementwiseGradient;
