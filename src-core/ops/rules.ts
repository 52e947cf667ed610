/** Pieces that shape rules and gradient rules are made of. */
import { assert, present } from '../lib/assert.ts';
import { AppError } from '../lib/errors.ts';
import { formatShape, sameShape } from '../tensor/shape.ts';
import type { Attributes, GradientContext, OpDefinition, Value, ValueType } from './define.ts';

/** The `index`-th input of a rule. */
export function inputOf(inputs: readonly ValueType[], index: number): ValueType {
  return present(inputs[index], `input ${index}`);
}

/** Number stored under `key`. */
export function numberOf(attributes: Attributes, key: string): number {
  const value = attributes[key];
  assert(typeof value === 'number', `attribute ${key} is a number`);
  return value;
}

/** List of numbers stored under `key`. */
export function numbersOf(attributes: Attributes, key: string): readonly number[] {
  const value = attributes[key];
  assert(Array.isArray(value), `attribute ${key} is a list of numbers`);
  return value as readonly number[];
}

/** Text stored under `key`. */
export function textOf(attributes: Attributes, key: string): string {
  const value = attributes[key];
  assert(typeof value === 'string', `attribute ${key} is a text`);
  return value;
}

/** True where the attribute `key` is set. */
export function flagOf(attributes: Attributes, key: string): boolean {
  return attributes[key] === true;
}

/** The axis that biases and norms run along: 'first' (channels of images) or 'last' (features). */
export function channelAxis(shape: readonly number[], attributes: Attributes): number {
  const axis = textOf(attributes, 'axis');
  assert(axis === 'first' || axis === 'last', `axis is first or last, got ${axis}`);
  return axis === 'first' ? 0 : shape.length - 1;
}

/** Output like the first input; a shape rule for element-wise operations. */
export function likeFirst(inputs: readonly ValueType[]): readonly ValueType[] {
  return [typeOf(inputOf(inputs, 0))];
}

/** The bare type of a value: what an output takes over from an input. */
export function typeOf({ shape, batched, signal }: ValueType): ValueType {
  return signal === undefined ? { shape, batched } : { shape, batched, signal };
}

/** All inputs of one shape, or an error that names the first that differs. */
export function allAlike(what: string, inputs: readonly ValueType[]): readonly ValueType[] {
  const first = inputOf(inputs, 0);
  for (const [i, other] of inputs.entries()) {
    if (sameShape(first.shape, other.shape) && first.batched === other.batched) continue;
    throw new AppError('shape.inputs_differ', {
      what,
      first: formatShape(first.shape),
      other: formatShape(other.shape),
      index: i + 1,
    });
  }
  return likeFirst(inputs);
}

/** The gradient that reaches the only output of an op. */
export function outputGradient(context: GradientContext): Value {
  return present(context.outputGradients[0], 'gradient of the output');
}

/** An output of the op whose gradient is asked for. */
export function outputOf(context: GradientContext, index = 0): Value {
  return present(context.outputs[index], `output ${index}`);
}

/** An input of the op whose gradient is asked for. */
export function inputValue(context: GradientContext, index: number): Value {
  return present(context.inputs[index], `input ${index}`);
}

/**
 * Rules of an element-wise function of one input whose gradient is an op of its own.
 * @param gradientId op that takes (saved, gradient of the output) and the same attributes
 * @param saves which value the gradient is computed from: the function's input or its output
 */
export function elementwise(gradientId: string, saves: 'input' | 'output'): OpDefinition {
  return {
    infer: likeFirst,
    gradient: (context) => {
      const saved = saves === 'input' ? inputValue(context, 0) : outputOf(context);
      return [context.recorder.op(gradientId, [saved, outputGradient(context)], context.attributes)];
    },
  };
}

/** Rules of the op that computes such a gradient. */
export const elementwiseGradient: OpDefinition = { infer: (inputs) => allAlike('gradient', inputs) };
