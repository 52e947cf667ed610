/** The largest value of each window, and the gradient that flows back to it. */
import type { OpDefinition } from './define.ts';
import { inputOf, inputValue, likeFirst, outputGradient } from './rules.ts';
import { windowsOf } from './window.ts';

/** Shapes: x [C, H, W] -> [C, H', W']. Attributes: kernel, stride, padding; padding never wins. Throws shape.window_too_large. */
export const maxPool2d: OpDefinition = {
  infer: (inputs, attributes) => {
    const x = inputOf(inputs, 0);
    const [rows, columns] = windowsOf(x.shape, attributes);
    return [{ shape: [x.shape[0] ?? 0, rows.output, columns.output], batched: x.batched }];
  },
  gradient: (context) => [
    context.recorder.op('max_pool2d_gradient', [inputValue(context, 0), outputGradient(context)], context.attributes),
  ],
};

/** (x, g) -> like x: g goes to the first largest value of its window in row-major order. */
export const maxPool2dGradient: OpDefinition = { infer: likeFirst };
