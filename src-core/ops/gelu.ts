/** The Gaussian error linear unit. */
import type { OpDefinition } from './define.ts';
import { elementwise, elementwiseGradient } from './rules.ts';

/** y = x·Φ(x) with Φ(x) = (1 + erf(x/√2))/2, exact. Shapes: x [...] -> [...]. */
export const gelu: OpDefinition = elementwise('gelu_gradient', 'input');

/** g·(Φ(x) + x·φ(x)), φ the standard normal density. Inputs: the input of gelu, the gradient of its output. */
export const geluGradient: OpDefinition = elementwiseGradient;
