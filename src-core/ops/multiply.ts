/** Element-wise product of values of one shape. */
import type { OpDefinition } from './define.ts';
import { allAlike, outputGradient } from './rules.ts';

/** y = Π xᵢ for two or more inputs. Shapes: n times [...] -> [...]. */
export const multiply: OpDefinition = {
  infer: (inputs) => allAlike('multiply', inputs),
  gradient: (context) =>
    context.inputs.map((_, i) => {
      if (!context.needs(i)) return null;
      const others = context.inputs.filter((_value, j) => j !== i);
      return context.recorder.op('multiply', [outputGradient(context), ...others]);
    }),
};
