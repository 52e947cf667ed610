/** The sigmoid-weighted linear unit, also called swish. */
import type { OpDefinition } from './define.ts';
import { elementwise, elementwiseGradient } from './rules.ts';

/** y = x·σ(x). Shapes: x [...] -> [...]. */
export const silu: OpDefinition = elementwise('silu_gradient', 'input');

/** g·σ(x)·(1 + x·(1 − σ(x))). Inputs: the input of silu, the gradient of its output. */
export const siluGradient: OpDefinition = elementwiseGradient;
