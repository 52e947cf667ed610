/** Takes over the weights of one network into another, in turns. */
import { AppError } from '../lib/errors.ts';
import type { Turns } from '../lib/turns.ts';
import { TURN_NUMBERS, type TensorSource } from '../runtime/arrays.ts';
import type { Network } from '../runtime/define.ts';
import { partsOf } from '../tensor/layout-part.ts';
import { formatShape } from '../tensor/shape.ts';

/** Throws AppError 'weights.missing' or 'weights.size' when they are of another network. */
export function* copyWeights(from: TensorSource, { tensors, arrays }: Network): Turns<void> {
  const known = new Set(from.keys);
  const numbers = new Float32Array(TURN_NUMBERS);
  let moved = 0;
  for (const { key, shape } of tensors) {
    if (!known.has(key)) throw new AppError('weights.missing', { key, shape: formatShape(shape) });
    const size = arrays.size(key);
    if (from.size(key) !== size) {
      throw new AppError('weights.size', { key, expected: formatShape(shape), found: formatShape([from.size(key)]) });
    }
    for (const part of partsOf(size, TURN_NUMBERS)) {
      from.read(key, part, numbers);
      arrays.write(key, part, numbers);
      moved += part.to - part.from;
      if (moved < TURN_NUMBERS) continue;
      moved = 0;
      yield;
    }
  }
}

/** Calls `visit` with every part of a tensor; a turn for each of a large one. */
export function* eachPart(source: TensorSource, key: string, visit: (values: Float32Array) => void): Turns<void> {
  const size = source.size(key);
  const numbers = new Float32Array(Math.min(size, TURN_NUMBERS));
  for (const part of partsOf(size, TURN_NUMBERS)) {
    const values = numbers.subarray(0, part.to - part.from);
    source.read(key, part, values);
    visit(values);
    if (part.to < size) yield;
  }
}
