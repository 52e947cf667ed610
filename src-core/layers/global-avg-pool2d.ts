/** One number per channel: its mean over the image. */
import type { LayerDefinition } from './define.ts';
import { axisOf, inputOfRank } from './inputs.ts';

const IMAGE_RANK = 3;

/** Shapes: x [C, H, W] -> [C]. Throws shape.rank. */
export const globalAvgPool2d: LayerDefinition = {
  label: 'Global average pool 2D',
  group: 'images',
  icon: 'shrink',
  summary: 'Takes the mean of every channel over the whole image.',
  formula: String.raw`y_c = \frac{1}{HW}\sum_{i,j} x_{c,i,j}`,
  fields: {},
  inputs: 'one',
  brief: () => '',
  record: (builder, inputs) => {
    const x = inputOfRank(inputs, IMAGE_RANK, 'global_avg_pool2d', '[channels, height, width]');
    const kernel = [axisOf(x, 1), axisOf(x, 2)];
    const means = builder.op('avg_pool2d', [x], { kernel, stride: [1, 1], padding: 'valid' });
    return builder.op('reshape', [means], { shape: [axisOf(x, 0)] });
  },
};
