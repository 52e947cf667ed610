/** Joining values along an axis, and taking a part of one. */
import { assert } from '../lib/assert.ts';
import { AppError } from '../lib/errors.ts';
import { formatShape } from '../tensor/shape.ts';
import type { OpDefinition, ValueType } from './define.ts';
import { inputOf, inputValue, numberOf, outputGradient, typeOf } from './rules.ts';

/** Joins along `axis` (without the batch axis). All other axes must agree. Throws shape.concat. */
export const concat: OpDefinition = {
  infer: (inputs, attributes) => {
    const axis = numberOf(attributes, 'axis');
    const first = inputOf(inputs, 0);
    for (const other of inputs) checkJoin(first, other, axis);
    const length = inputs.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
    return [withAxis(first, axis, length)];
  },
  gradient: (context) => {
    const axis = numberOf(context.attributes, 'axis');
    let from = 0;
    return context.inputs.map((input, i) => {
      const length = input.shape[axis] ?? 0;
      const start = from;
      from += length;
      if (!context.needs(i)) return null;
      return context.recorder.op('slice', [outputGradient(context)], { axis, from: start, length });
    });
  },
};

/** The part [from, from + length) of `axis`. */
export const slice: OpDefinition = {
  infer: (inputs, attributes) => {
    const x = inputOf(inputs, 0);
    const axis = numberOf(attributes, 'axis');
    const length = numberOf(attributes, 'length');
    assert(numberOf(attributes, 'from') + length <= (x.shape[axis] ?? 0), 'a slice lies inside its axis');
    return [withAxis(x, axis, length)];
  },
  gradient: (context) => {
    const axis = numberOf(context.attributes, 'axis');
    const length = inputValue(context, 0).shape[axis] ?? 0;
    const before = numberOf(context.attributes, 'from');
    return [context.recorder.op('pad', [outputGradient(context)], { axis, before, length })];
  },
};

/** The input within zeros: it starts at `before` of `axis`, which then has `length`. */
export const pad: OpDefinition = {
  infer: (inputs, attributes) => [
    withAxis(inputOf(inputs, 0), numberOf(attributes, 'axis'), numberOf(attributes, 'length')),
  ],
  gradient: (context) => {
    const axis = numberOf(context.attributes, 'axis');
    const length = inputValue(context, 0).shape[axis] ?? 0;
    const from = numberOf(context.attributes, 'before');
    return [context.recorder.op('slice', [outputGradient(context)], { axis, from, length })];
  },
};

function withAxis(type: ValueType, axis: number, length: number): ValueType {
  return { ...typeOf(type), shape: type.shape.map((old, i) => (i === axis ? length : old)) };
}

function checkJoin(first: ValueType, other: ValueType, axis: number): void {
  const fits =
    axis < first.shape.length &&
    first.shape.length === other.shape.length &&
    first.shape.every((length, i) => i === axis || length === other.shape[i]);
  if (!fits) {
    throw new AppError('shape.concat', { axis, first: formatShape(first.shape), other: formatShape(other.shape) });
  }
}
