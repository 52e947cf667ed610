/** ONNX of the normalising ops, in basic arithmetic, which every version has. */
import { numberOf } from '../../ops/rules.ts';
import { sizeOf } from '../../tensor/shape.ts';
import type { Translation } from './emitter.ts';
import { perChannel } from './products.ts';
import { reshaped } from './shapes.ts';

export const norms: Readonly<Record<string, Translation>> = {
  /** (x − mean)/√(variance + epsilon), both given per channel. */
  normalize_with: (context) => {
    const { emit, names, attributes } = context;
    const [x = '', mean = '', variance = ''] = names;
    const sum = emit.node('Add', [variance, emit.scalar(numberOf(attributes, 'epsilon'))]);
    return perChannel(context, 'Div', perChannel(context, 'Sub', x, mean), emit.node('Sqrt', [sum]));
  },
  channel_scale: (context) => perChannel(context, 'Mul', context.names[0] ?? '', context.names[1] ?? ''),
  /** Every run of `block` neighbours to mean 0 and variance 1. */
  normalize_blocks: (context) => {
    const { emit, names, inputs, attributes } = context;
    const shape = inputs[0]?.shape ?? [];
    const block = numberOf(attributes, 'block');
    const flat = reshaped(context, names[0] ?? '', true, [sizeOf(shape) / block, block]);
    const centred = emit.node('Sub', [flat, emit.node('ReduceMean', [flat], { axes: [-1], keepdims: 1 })]);
    const variance = emit.node('ReduceMean', [emit.node('Mul', [centred, centred])], { axes: [-1], keepdims: 1 });
    const sum = emit.node('Add', [variance, emit.scalar(numberOf(attributes, 'epsilon'))]);
    return reshaped(context, emit.node('Div', [centred, emit.node('Sqrt', [sum])]), true, shape);
  },
};
