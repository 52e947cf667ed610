/** The rectifier that leaks. */
import type { OpDefinition } from './define.ts';
import { elementwise, elementwiseGradient } from './rules.ts';

/** y = x where x ≥ 0, else alpha·x. Shapes: x [...] -> [...]. */
export const leakyRelu: OpDefinition = elementwise('leaky_relu_gradient', 'input');

/** g where x ≥ 0 (the derivative at 0 is 1), else alpha·g. Inputs: the input of leaky_relu, the gradient of its output. */
export const leakyReluGradient: OpDefinition = elementwiseGradient;
