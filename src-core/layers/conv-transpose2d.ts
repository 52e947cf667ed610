/** The transposed convolution: the adjoint of a convolution, used to enlarge images. */
import { integersParam, numberParam, stringParam } from '../lib/params.ts';
import type { LayerDefinition } from './define.ts';
import { filterFields, filtersBrief, filtersField, finishFilters } from './filters.ts';
import { initOf } from './init.ts';
import { axisOf, inputOfRank } from './inputs.ts';
import { paddingField, pairField } from './window-fields.ts';

const IMAGE_RANK = 3;

/** Shapes: x [C, H, W], weight [C, filters, kh, kw], bias [filters] -> [filters, (H − 1)·s + kh, (W − 1)·s + kw]. Throws shape.rank. */
export const convTranspose2d: LayerDefinition = {
  label: 'Transposed conv 2D',
  group: 'images',
  icon: 'expand',
  summary: 'Spreads every value over a window by a small filter: enlarges an image.',
  formula: String.raw`y_{f,\,is+u,\,js+v} \mathrel{+}= \sum_c w_{c,f,u,v}\, x_{c,i,j}`,
  fields: {
    filters: filtersField,
    kernel_size: pairField('Kernel size', 'Height and width of a filter.', { initial: [2, 2] }),
    stride: pairField('Stride', 'How far apart neighbours land, down and across.', { default: [1, 1] }),
    padding: { ...paddingField, help: 'valid: every window whole, nothing cut off.', options: ['valid'] },
    ...filterFields,
  },
  inputs: 'one',
  brief: filtersBrief,
  record: (builder, inputs, params) => {
    const x = inputOfRank(inputs, IMAGE_RANK, 'conv_transpose2d', '[channels, height, width]');
    const filters = numberParam(params, 'filters');
    const kernel = integersParam(params, 'kernel_size');
    const stride = integersParam(params, 'stride');
    const init = initOf(params, 'weight_init');
    const weight = builder.parameter('weight', [axisOf(x, 0), filters, ...kernel], { init });
    const size = kernel.map((length, i) => (axisOf(x, i + 1) - 1) * (stride[i] ?? 1) + length);
    const attributes = { kernel, stride, padding: stringParam(params, 'padding'), input: [filters, ...size] };
    const maps = builder.op('conv2d_input_gradient', [x, weight], attributes);
    return finishFilters(builder, maps, params);
  },
};
