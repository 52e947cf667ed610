/** Where a sliding window stops along one axis: shared by the rules and the kernels of convolutions and pools. */
import { AppError } from '../lib/errors.ts';
import { present } from '../lib/assert.ts';
import type { Attributes } from './define.ts';
import { numbersOf, textOf } from './rules.ts';

/** A sliding window along one axis. */
export interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly input: number;
  readonly output: number;
  /** Rows of padding before the first; the rest stands at the end. */
  readonly before: number;
}

/**
 * valid: floor((in − kernel)/stride) + 1. same: ceil(in/stride), total padding max((out − 1)·stride + kernel − in, 0),
 * the extra row at the end. Throws shape.window_too_large.
 */
export function windowAlong(input: number, kernel: number, stride: number, padding: string): Window {
  if (padding === 'same') {
    const output = Math.ceil(input / stride);
    const total = Math.max((output - 1) * stride + kernel - input, 0);
    return { kernel, stride, input, output, before: Math.floor(total / 2) };
  }
  if (kernel > input) throw new AppError('shape.window_too_large', { kernel, input });
  return { kernel, stride, input, output: Math.floor((input - kernel) / stride) + 1, before: 0 };
}

/** Windows along height and width of a [channels, height, width] input. Attributes: kernel, stride, padding. */
export function windowsOf(shape: readonly number[], attributes: Attributes): readonly [Window, Window] {
  const [kernelHeight, kernelWidth] = pair(numbersOf(attributes, 'kernel'));
  const [strideHeight, strideWidth] = pair(numbersOf(attributes, 'stride'));
  const padding = textOf(attributes, 'padding');
  const [, height, width] = shape;
  return [
    windowAlong(present(height, 'height'), kernelHeight, strideHeight, padding),
    windowAlong(present(width, 'width'), kernelWidth, strideWidth, padding),
  ];
}

function pair(numbers: readonly number[]): readonly [number, number] {
  return [present(numbers[0], 'height'), present(numbers[1], 'width')];
}
