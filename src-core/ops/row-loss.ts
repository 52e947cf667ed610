/** Rules that all losses share: one number per row out, the gradient in an op of its own. */
import { assert } from '../lib/assert.ts';
import { sameShape } from '../tensor/shape.ts';
import type { OpDefinition } from './define.ts';
import { inputOf, inputValue, likeFirst, outputGradient } from './rules.ts';

/** @param gradientId op that takes (output, target, gradient of the row's loss) */
export function rowLoss(gradientId: string): OpDefinition {
  return {
    infer: (inputs) => {
      const [output, target] = [inputOf(inputs, 0), inputOf(inputs, 1)];
      assert(
        sameShape(output.shape, target.shape) && output.batched && target.batched,
        'targets are shaped as outputs',
      );
      return [{ shape: [], batched: true }];
    },
    gradient: (context) => {
      const [output, target] = [inputValue(context, 0), inputValue(context, 1)];
      return [context.recorder.op(gradientId, [output, target, outputGradient(context)], context.attributes), null];
    },
  };
}

/** Shape rule of such a gradient op: like the output. */
export const rowLossGradient: OpDefinition = { infer: likeFirst };
