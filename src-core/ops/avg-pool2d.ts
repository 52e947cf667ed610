/** The mean of each window; padding is never counted. */
import type { OpDefinition } from './define.ts';
import { inputOf, inputValue, numbersOf, outputGradient } from './rules.ts';
import { windowsOf } from './window.ts';

/** Shapes: x [C, H, W] -> [C, H', W']. Attributes: kernel, stride, padding. Throws shape.window_too_large. */
export const avgPool2d: OpDefinition = {
  infer: (inputs, attributes) => {
    const x = inputOf(inputs, 0);
    const [rows, columns] = windowsOf(x.shape, attributes);
    return [{ shape: [x.shape[0] ?? 0, rows.output, columns.output], batched: x.batched }];
  },
  gradient: (context) => {
    const input = inputValue(context, 0).shape;
    return [context.recorder.op('avg_pool2d_gradient', [outputGradient(context)], { ...context.attributes, input })];
  },
};

/** g -> the shape `input`: every value of a window gets g divided by the values counted in it. */
export const avgPool2dGradient: OpDefinition = {
  infer: (inputs, attributes) => [{ shape: numbersOf(attributes, 'input'), batched: inputOf(inputs, 0).batched }],
};
