/** ONNX of products: dense layers, attention, convolutions and pools. */
import type { Attributes, ValueType } from '../../ops/define.ts';
import { flagOf, numbersOf } from '../../ops/rules.ts';
import { windowsOf, type Window } from '../../ops/window.ts';
import type { OpContext, Translation } from './emitter.ts';

/** A matrix, or the last two axes of something larger, transposed where the op says so. */
function swapped({ emit, names, inputs, attributes }: OpContext, input: number, flag: string): string {
  const name = names[input] ?? '';
  if (!flagOf(attributes, flag)) return name;
  const type = inputs[input];
  const rank = (type?.shape.length ?? 0) + (type?.batched === true ? 1 : 0);
  const perm = Array.from({ length: rank }, (_, axis) => axis);
  return emit.node('Transpose', [name], { perm: [...perm.slice(0, -2), rank - 1, rank - 2] });
}

const matrixProduct: Translation = (context) =>
  context.emit.node('MatMul', [swapped(context, 0, 'transposeA'), swapped(context, 1, 'transposeB')]);

/** Adds or multiplies one number per channel: along the last axis as it is, along the first with axes after it. */
export function perChannel({ emit, inputs, attributes }: OpContext, type: string, x: string, numbers: string): string {
  const { shape = [] } = inputs[0] ?? {};
  if (attributes['axis'] === 'last' || shape.length === 1) return emit.node(type, [x, numbers]);
  const column = [shape[0] ?? 1, ...shape.slice(1).map(() => 1)];
  return emit.node(type, [x, emit.node('Reshape', [numbers, emit.ints(column)])]);
}

/** kernel_shape, strides, pads of a sliding window over `shape`. */
function windowAttributes(shape: readonly number[], attributes: Attributes) {
  const windows = windowsOf(shape, attributes);
  const pads = [...windows.map(({ before }) => before), ...windows.map(padAfter)];
  return { kernel_shape: numbersOf(attributes, 'kernel'), strides: numbersOf(attributes, 'stride'), pads };
}

/** Padding at the end: what the last window needs beyond the input. */
function padAfter({ kernel, stride, input, output, before }: Window): number {
  return Math.max(0, (output - 1) * stride + kernel - input - before);
}

function firstShape(inputs: readonly ValueType[]): readonly number[] {
  return inputs[0]?.shape ?? [];
}

export const products: Readonly<Record<string, Translation>> = {
  matmul: matrixProduct,
  row_matmul: matrixProduct,
  add_bias: (context) => perChannel(context, 'Add', context.names[0] ?? '', context.names[1] ?? ''),
  conv2d: ({ emit, names, inputs, attributes }) =>
    emit.node('Conv', names, windowAttributes(firstShape(inputs), attributes)),
  /** The adjoint of a convolution over the shape `input`: rows that no window reached come back as output padding. */
  conv2d_input_gradient: ({ emit, names, attributes }) => {
    const windows = windowsOf(numbersOf(attributes, 'input'), attributes);
    const spans = windows.map(({ kernel, stride, output }) => (output - 1) * stride + kernel);
    const after = windows.map((window, i) => (spans[i] ?? 0) - window.before - window.input);
    const pads = [...windows.map(({ before }) => before), ...after.map((rows) => Math.max(0, rows))];
    return emit.node('ConvTranspose', names, {
      kernel_shape: numbersOf(attributes, 'kernel'),
      strides: numbersOf(attributes, 'stride'),
      pads,
      output_padding: after.map((rows) => Math.max(0, -rows)),
    });
  },
  max_pool2d: ({ emit, names, inputs, attributes }) =>
    emit.node('MaxPool', names, windowAttributes(firstShape(inputs), attributes)),
  avg_pool2d: ({ emit, names, inputs, attributes }) =>
    emit.node('AveragePool', names, { ...windowAttributes(firstShape(inputs), attributes), count_include_pad: 0 }),
};
