/** Sum of values of one shape. */
import type { OpDefinition } from './define.ts';
import { allAlike, outputGradient } from './rules.ts';

/** y = Σ xᵢ for two or more inputs. Shapes: n times [...] -> [...]. */
export const add: OpDefinition = {
  infer: (inputs) => allAlike('add', inputs),
  gradient: (context) => context.inputs.map(() => outputGradient(context)),
  flops: ([first], _outputs) => (first === undefined ? 0 : first.shape.reduce((n, axis) => n * axis, 1)),
};
