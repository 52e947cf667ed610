/** Keeps the largest value of each window. */
import { integersParam } from '../lib/params.ts';
import type { LayerDefinition } from './define.ts';
import { inputOfRank } from './inputs.ts';
import { paddingField, pairField, poolAttributes } from './window-fields.ts';

const IMAGE_RANK = 3;

/** Shapes: x [C, H, W] -> [C, H', W']. Throws shape.rank, shape.window_too_large. */
export const maxPool2d: LayerDefinition = {
  label: 'Max pool 2D',
  group: 'images',
  icon: 'minimize-2',
  summary: 'Keeps the largest value of each window.',
  formula: String.raw`y_{c,i,j} = \max_{u,v} x_{c,\,is+u,\,js+v}`,
  fields: {
    pool_size: pairField('Pool size', 'Height and width of a window.', { default: [2, 2] }),
    stride: pairField('Stride', 'Steps between two windows; left out: the pool size.', { default: null }),
    padding: paddingField,
  },
  inputs: 'one',
  brief: (params) => integersParam(params, 'pool_size').join(' × '),
  record: (builder, inputs, params) => {
    const x = inputOfRank(inputs, IMAGE_RANK, 'max_pool2d', '[channels, height, width]');
    return builder.op('max_pool2d', [x], poolAttributes(params));
  },
};
