/** Two-dimensional convolution (correlation, as all frameworks have it) and its two gradients. */
import { assert } from '../lib/assert.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Attributes, OpDefinition } from './define.ts';
import { inputOf, inputValue, numbersOf, outputGradient } from './rules.ts';
import { windowsOf } from './window.ts';

/**
 * y[f, i, j] = Σ x[c, i·s + u − before, j·s + v − before]·w[f, c, u, v].
 * Shapes: x [C, H, W], w [F, C, kh, kw] -> [F, H', W']. Attributes: kernel, stride, padding. Throws shape.window_too_large.
 */
export const conv2d: OpDefinition = {
  infer: (inputs, attributes) => {
    const [x, w] = [inputOf(inputs, 0), inputOf(inputs, 1)];
    assert(x.shape[0] === w.shape[1], 'the weight has one slice per input channel');
    const [rows, columns] = windowsOf(x.shape, attributes);
    return [{ shape: [w.shape[0] ?? 0, rows.output, columns.output], batched: x.batched }];
  },
  gradient: (context) => {
    const [x, w, g] = [inputValue(context, 0), inputValue(context, 1), outputGradient(context)];
    const { recorder, attributes, needs } = context;
    return [
      needs(0) ? recorder.op('conv2d_input_gradient', [g, w], { ...attributes, input: x.shape }) : null,
      needs(1) ? recorder.op('conv2d_weight_gradient', [x, g], attributes) : null,
    ];
  },
  flops: ([, w], [output]) =>
    w === undefined || output === undefined ? 0 : 2 * (sizeOf(w.shape) / (w.shape[0] ?? 1)) * sizeOf(output.shape),
};

/** The adjoint in x: (g [F, H', W'], w) -> [C, H, W], the shape `input`. Also the transposed convolution. */
export const conv2dInputGradient: OpDefinition = {
  infer: (inputs, attributes) => {
    const [g, w] = [inputOf(inputs, 0), inputOf(inputs, 1)];
    assert(g.shape[0] === w.shape[0], 'the weight has one filter per channel of the gradient');
    return [{ shape: numbersOf(attributes, 'input'), batched: g.batched }];
  },
  gradient: (context) => {
    const [x, w, g] = [inputValue(context, 0), inputValue(context, 1), outputGradient(context)];
    const attributes = windowAttributes(context.attributes);
    return [
      context.needs(0) ? context.recorder.op('conv2d', [g, w], attributes) : null,
      context.needs(1) ? context.recorder.op('conv2d_weight_gradient', [g, x], attributes) : null,
    ];
  },
  flops: ([g, w]) =>
    g === undefined || w === undefined ? 0 : 2 * (sizeOf(w.shape) / (w.shape[0] ?? 1)) * sizeOf(g.shape),
};

/** The adjoint in w: (x [C, H, W], g [F, H', W']) -> [F, C, kh, kw], summed over the batch. */
export const conv2dWeightGradient: OpDefinition = {
  infer: (inputs, attributes) => {
    const [x, g] = [inputOf(inputs, 0), inputOf(inputs, 1)];
    return [{ shape: [g.shape[0] ?? 0, x.shape[0] ?? 0, ...numbersOf(attributes, 'kernel')], batched: false }];
  },
};

function windowAttributes({ kernel, stride, padding }: Attributes): Attributes {
  assert(kernel !== undefined && stride !== undefined && padding !== undefined, 'a convolution has its window');
  return { kernel, stride, padding };
}
