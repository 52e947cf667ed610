/** What attention needs beside dense layers: products row by row, other orders of axes, marks of position. */
import { assert, present } from '../lib/assert.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { OpDefinition, Value } from './define.ts';
import { flagOf, inputOf, inputValue, likeFirst, numbersOf, outputGradient, typeOf } from './rules.ts';

/**
 * For every row of the batch and every leading axis a matrix product of the last two axes: a [.., M, K] · b [.., K, N] ->
 * [.., M, N]; with transposeB b is [.., N, K], with transposeA a is [.., K, M].
 */
export const rowMatmul: OpDefinition = {
  infer: (inputs, attributes) => {
    const [a, b] = [inputOf(inputs, 0), inputOf(inputs, 1)];
    const [rows, inner] = lastTwo(a.shape, flagOf(attributes, 'transposeA'));
    const [inner2, columns] = lastTwo(b.shape, flagOf(attributes, 'transposeB'));
    assert(inner === inner2 && a.batched && b.batched, 'row_matmul: inner lengths agree');
    return [{ shape: [...a.shape.slice(0, -2), rows, columns], batched: true }];
  },
  gradient: (context) => {
    const [a, b, g] = [inputValue(context, 0), inputValue(context, 1), outputGradient(context)];
    const [aSwapped, bSwapped] = [flagOf(context.attributes, 'transposeA'), flagOf(context.attributes, 'transposeB')];
    const product = (left: Value, right: Value, transposeA: boolean, transposeB: boolean) =>
      context.recorder.op('row_matmul', [left, right], { transposeA, transposeB });
    return [
      aSwapped ? product(b, g, bSwapped, true) : product(g, b, false, !bSwapped),
      bSwapped ? product(g, a, true, aSwapped) : product(a, g, !aSwapped, false),
    ];
  },
  flops: ([a], [output]) => (a && output ? 2 * sizeOf(a.shape) * present(output.shape.at(-1), 'columns') : 0),
};

/** Axes in another order: axis i of the output is axis order[i] of the input. */
export const transpose: OpDefinition = {
  infer: (inputs, attributes) => {
    const x = inputOf(inputs, 0);
    const shape = numbersOf(attributes, 'order').map((axis) => present(x.shape[axis], 'axis'));
    return [{ ...typeOf(x), shape }];
  },
  gradient: (context) => {
    const order = numbersOf(context.attributes, 'order');
    const back = order.map((_, axis) => order.indexOf(axis));
    return [context.recorder.op('transpose', [outputGradient(context)], { order: back })];
  },
  flops: () => 0,
};

/**
 * x [T, D] plus PE[t, 2i] = sin(t/10000^(2i/D)), PE[t, 2i + 1] = cos of the same. Source: Vaswani et al., 2017.
 */
export const positionalEncoding: OpDefinition = {
  infer: likeFirst,
  gradient: (context) => [outputGradient(context)],
};

function lastTwo(shape: readonly number[], isSwapped: boolean): readonly [number, number] {
  const [rows, columns] = [present(shape.at(-2), 'rows'), present(shape.at(-1), 'columns')];
  return isSwapped ? [columns, rows] : [rows, columns];
}
