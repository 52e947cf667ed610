/** ONNX of the ops that move values about: axes are one further in ONNX, where the batch axis is counted. */
import { sizeOf } from '../../tensor/shape.ts';
import { numberOf, numbersOf } from '../../ops/rules.ts';
import { INT64 } from './proto.ts';
import type { OpContext, Translation } from './emitter.ts';

/** The shape with a leading 0 for the batch axis, which Reshape copies. */
export function reshaped(
  { emit }: Pick<OpContext, 'emit'>,
  x: string,
  batched: boolean,
  shape: readonly number[],
): string {
  return emit.node('Reshape', [x, emit.ints(batched ? [0, ...shape] : shape)]);
}

export const shapes: Readonly<Record<string, Translation>> = {
  reshape: (context) => {
    const { names, inputs, attributes } = context;
    return reshaped(context, names[0] ?? '', inputs[0]?.batched === true, numbersOf(attributes, 'shape'));
  },
  transpose: ({ emit, names, inputs, attributes }) => {
    const order = numbersOf(attributes, 'order');
    const perm = inputs[0]?.batched === true ? [0, ...order.map((axis) => axis + 1)] : order;
    return emit.node('Transpose', names, { perm });
  },
  concat: ({ emit, names, attributes }) => emit.node('Concat', names, { axis: numberOf(attributes, 'axis') + 1 }),
  slice: ({ emit, names: [x = ''], attributes }) => {
    const from = numberOf(attributes, 'from');
    const ranges = [[from], [from + numberOf(attributes, 'length')], [numberOf(attributes, 'axis') + 1]];
    return emit.node('Slice', [x, ...ranges.map((range) => emit.ints(range))]);
  },
  embedding: ({ emit, names: [ids = '', table = ''] }) =>
    emit.node('Gather', [table, emit.node('Cast', [ids], { to: INT64 })], { axis: 0 }),
  positional_encoding: ({ emit, names: [x = ''], inputs }) => {
    const [length = 0, width = 0] = inputs[0]?.shape ?? [];
    return emit.node('Add', [x, emit.floats([length, width], positions(length, width))]);
  },
};

/** PE[t, 2i] = sin(t/10000^(2i/D)), PE[t, 2i + 1] = cos of the same. Source: Vaswani et al., 2017. */
function positions(length: number, width: number): Float32Array {
  return Float32Array.from({ length: sizeOf([length, width]) }, (_, at) => {
    const column = at % width;
    const angle = Math.floor(at / width) / 10_000 ** ((column - (column % 2)) / width);
    return column % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}
