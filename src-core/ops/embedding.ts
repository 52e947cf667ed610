/** Rows of a table, looked up by number. */
import { sizeOf } from '../tensor/shape.ts';
import type { OpDefinition } from './define.ts';
import { inputOf, inputValue, numberOf, outputGradient } from './rules.ts';

/** Shapes: ids [..] (whole numbers below the vocabulary), w [vocabulary, D] -> [.., D]. Kernels throw engine.embedding_id. */
export const embedding: OpDefinition = {
  infer: (inputs) => {
    const [ids, w] = [inputOf(inputs, 0), inputOf(inputs, 1)];
    return [{ shape: [...ids.shape, w.shape[1] ?? 1], batched: ids.batched }];
  },
  gradient: (context) => {
    const [ids, w] = [inputValue(context, 0), inputValue(context, 1)];
    const vocabulary = w.shape[0] ?? 0;
    const gradient = context.recorder.op('embedding_gradient', [ids, outputGradient(context)], { vocabulary });
    return [null, gradient];
  },
  flops: (_inputs, [output]) => (output === undefined ? 0 : sizeOf(output.shape)),
};

/** (ids, g [.., D]) -> [vocabulary, D]: the sum of g over the places where each id stands. */
export const embeddingGradient: OpDefinition = {
  infer: (inputs, attributes) => {
    const g = inputOf(inputs, 1);
    return [{ shape: [numberOf(attributes, 'vocabulary'), g.shape.at(-1) ?? 1], batched: false }];
  },
};
