/** The same numbers under another shape. */
import { AppError } from '../lib/errors.ts';
import { formatShape, sizeOf } from '../tensor/shape.ts';
import type { OpDefinition } from './define.ts';
import { flagOf, inputOf, inputValue, numbersOf, outputGradient } from './rules.ts';

/** Row-major: the last axis runs fastest. `signal` marks [C, L] results of convolutions. Throws shape.reshape. */
export const reshape: OpDefinition = {
  infer: (inputs, attributes) => {
    const x = inputOf(inputs, 0);
    const shape = numbersOf(attributes, 'shape');
    if (sizeOf(shape) !== sizeOf(x.shape)) {
      throw new AppError('shape.reshape', {
        shape: formatShape(shape),
        size: sizeOf(shape),
        found: formatShape(x.shape),
        foundSize: sizeOf(x.shape),
      });
    }
    return [{ shape, batched: x.batched, ...(flagOf(attributes, 'signal') ? { signal: true } : {}) }];
  },
  gradient: (context) => [
    context.recorder.op('reshape', [outputGradient(context)], { shape: inputValue(context, 0).shape }),
  ],
  flops: () => 0,
};
