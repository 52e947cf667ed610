/** The exponential linear unit. */
import type { OpDefinition } from './define.ts';
import { elementwise, elementwiseGradient } from './rules.ts';

/** y = x where x > 0, else alpha·(e^x − 1). Shapes: x [...] -> [...]. */
export const elu: OpDefinition = elementwise('elu_gradient', 'input');

/** g where x > 0, else g·alpha·e^x (the derivative at 0 is alpha). Inputs: the input of elu, the gradient of its output. */
export const eluGradient: OpDefinition = elementwiseGradient;
