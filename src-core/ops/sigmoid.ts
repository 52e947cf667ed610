/** The logistic function. */
import type { OpDefinition } from './define.ts';
import { elementwise, elementwiseGradient } from './rules.ts';

/** y = 1 / (1 + e^−x). Shapes: x [...] -> [...]. */
export const sigmoid: OpDefinition = elementwise('sigmoid_gradient', 'output');

/** g·y·(1 − y). Inputs: the output of sigmoid, the gradient of its output. */
export const sigmoidGradient: OpDefinition = elementwiseGradient;
