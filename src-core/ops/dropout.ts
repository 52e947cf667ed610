/** Multiplication by a random mask. */
import { present } from '../lib/assert.ts';
import type { OpDefinition } from './define.ts';
import { inputOf, outputGradient, typeOf } from './rules.ts';

/**
 * Inverted dropout: (y, mask) with mask 0 for a share `rate` of the elements and 1/(1 − rate) for the others, y = x·mask.
 * The mask depends on the seed, the node, the step and the element alone. Source: Srivastava et al., 2014.
 */
export const dropout: OpDefinition = {
  infer: (inputs) => {
    const type = typeOf(inputOf(inputs, 0));
    return [type, type];
  },
  gradient: (context) => {
    const mask = present(context.outputs[1], 'mask');
    return [context.recorder.op('multiply', [outputGradient(context), mask])];
  },
};
