/** Rows of a table by number, and the sum that is its gradient. */
import { AppError } from '../../lib/errors.ts';
import { numberOf } from '../../ops/rules.ts';
import type { Kernel } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';

export const embedding: Kernel = (call) => {
  const [ids, w, y] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const [vocabulary = 1, dims = 1] = w.shape;
  return ({ rows }) => {
    for (let i = 0; i < rows * ids.size; i++) {
      const id = ids.data[i] as number;
      if (!Number.isInteger(id) || id < 0 || id >= vocabulary) {
        throw new AppError('engine.embedding_id', { node: call.node, vocabulary, found: id });
      }
      for (let d = 0; d < dims; d++) y.data[i * dims + d] = w.data[id * dims + d] as number;
    }
  };
};

export const embeddingGradient: Kernel = (call) => {
  const [ids, g, dw] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  const dims = dw.size / numberOf(call.attributes, 'vocabulary');
  return ({ rows }) => {
    dw.data.fill(0);
    for (let i = 0; i < rows * ids.size; i++) {
      const at = (ids.data[i] as number) * dims;
      for (let d = 0; d < dims; d++) dw.data[at + d] = (dw.data[at + d] as number) + (g.data[i * dims + d] as number);
    }
  };
};
