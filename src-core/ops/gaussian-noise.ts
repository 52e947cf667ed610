/** Addition of normal noise. */
import type { OpDefinition } from './define.ts';
import { likeFirst, outputGradient } from './rules.ts';

/** y = x + stddev·n, n standard normal, a function of the seed, the node, the step and the element alone. */
export const gaussianNoise: OpDefinition = {
  infer: likeFirst,
  gradient: (context) => [outputGradient(context)],
};
