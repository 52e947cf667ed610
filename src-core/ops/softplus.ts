/** The smooth rectifier. */
import type { OpDefinition } from './define.ts';
import { elementwise, elementwiseGradient } from './rules.ts';

/** y = ln(1 + e^x), computed as max(x, 0) + ln(1 + e^−|x|). Shapes: x [...] -> [...]. */
export const softplus: OpDefinition = elementwise('softplus_gradient', 'input');

/** g·σ(x). Inputs: the input of softplus, the gradient of its output. */
export const softplusGradient: OpDefinition = elementwiseGradient;
