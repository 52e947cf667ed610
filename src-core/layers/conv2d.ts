/** The two-dimensional convolution layer. */
import { integersParam, numberParam, stringParam } from '../lib/params.ts';
import type { LayerDefinition } from './define.ts';
import { filterFields, filtersBrief, filtersField, finishFilters } from './filters.ts';
import { initOf } from './init.ts';
import { axisOf, inputOfRank } from './inputs.ts';
import { paddingField, pairField } from './window-fields.ts';

const IMAGE_RANK = 3;

/** Shapes: x [C, H, W], weight [filters, C, kh, kw], bias [filters] -> [filters, H', W']. Throws shape.rank, shape.window_too_large. */
export const conv2d: LayerDefinition = {
  label: 'Conv 2D',
  group: 'images',
  icon: 'scan',
  summary: 'Slides small filters over an image, the same weights everywhere.',
  formula: String.raw`y_{f,i,j} = f\Big(\sum_{c,u,v} w_{f,c,u,v}\, x_{c,\,is+u,\,js+v} + b_f\Big)`,
  fields: {
    filters: filtersField,
    kernel_size: pairField('Kernel size', 'Height and width of a filter.', { initial: [3, 3] }),
    stride: pairField('Stride', 'Steps between two windows, down and across.', { default: [1, 1] }),
    padding: paddingField,
    ...filterFields,
  },
  inputs: 'one',
  brief: filtersBrief,
  record: (builder, inputs, params) => {
    const x = inputOfRank(inputs, IMAGE_RANK, 'conv2d', '[channels, height, width]');
    const filters = numberParam(params, 'filters');
    const kernel = integersParam(params, 'kernel_size');
    const init = initOf(params, 'weight_init');
    const weight = builder.parameter('weight', [filters, axisOf(x, 0), ...kernel], { init });
    const attributes = { kernel, stride: integersParam(params, 'stride'), padding: stringParam(params, 'padding') };
    const maps = builder.op('conv2d', [x, weight], attributes);
    return finishFilters(builder, maps, params);
  },
};
