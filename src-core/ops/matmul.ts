/** Matrix product; the same op serves a dense layer forward, for its input's gradient and for its weight's. */
import { assert } from '../lib/assert.ts';
import type { OpDefinition, Value, ValueType } from './define.ts';
import { flagOf, inputOf, inputValue, outputGradient } from './rules.ts';

/**
 * Product over the last axis; leading axes (and the batch) of a batched input are folded into rows R.
 * - plain: a [R.., K] · b [K, N] -> [R.., N]
 * - transposeB: a [R.., K] · b [N, K]ᵀ -> [R.., N]
 * - transposeA: a [R.., M]ᵀ · b [R.., N] -> [M, N], summed over all rows of the batch, not batched
 */
export const matmul: OpDefinition = {
  infer: (inputs, attributes) => {
    const a = inputOf(inputs, 0);
    const b = inputOf(inputs, 1);
    if (flagOf(attributes, 'transposeA')) {
      assert(a.batched === b.batched, 'both factors of AᵀB are batched or neither is');
      return [{ shape: [last(a), last(b)], batched: false }];
    }
    const [rows = 0, columns = 0] = b.shape;
    assert(b.shape.length === 2 && !b.batched, 'the right factor is one matrix');
    const [inner, outer] = flagOf(attributes, 'transposeB') ? [columns, rows] : [rows, columns];
    assert(last(a) === inner, `matmul: inner lengths ${last(a)} and ${inner} agree`);
    return [{ shape: [...a.shape.slice(0, -1), outer], batched: a.batched }];
  },
  gradient: (context) => {
    const a = inputValue(context, 0);
    const b = inputValue(context, 1);
    const g = outputGradient(context);
    const product = (left: Value, right: Value, attributes = {}) =>
      context.recorder.op('matmul', [left, right], attributes);
    const left = () => {
      if (flagOf(context.attributes, 'transposeA')) return product(b, g, { transposeB: true });
      return product(g, b, flagOf(context.attributes, 'transposeB') ? {} : { transposeB: true });
    };
    const right = () => {
      if (flagOf(context.attributes, 'transposeA')) return product(a, g);
      const swapped = flagOf(context.attributes, 'transposeB');
      return product(swapped ? g : a, swapped ? a : g, { transposeA: true });
    };
    return [context.needs(0) ? left() : null, context.needs(1) ? right() : null];
  },
  flops: ([a], [output]) => 2 * (a === undefined || output === undefined ? 0 : countOf(a, output)),
};

function last(type: ValueType): number {
  return type.shape.at(-1) ?? 1;
}

/** Multiply-adds of one row: every element of `a` meets every output column. */
function countOf(a: ValueType, output: ValueType): number {
  return a.shape.reduce((product, axis) => product * axis, 1) * last(output);
}
