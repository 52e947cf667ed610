/** Multiplication by a constant. */
import type { OpDefinition } from './define.ts';
import { likeFirst, outputGradient } from './rules.ts';

/** y = factor·x. */
export const scale: OpDefinition = {
  infer: likeFirst,
  gradient: (context) => [context.recorder.op('scale', [outputGradient(context)], context.attributes)],
};
