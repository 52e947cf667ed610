/** The transposed convolution: the adjoint of a convolution, used to enlarge images. */
import { initializerField } from '../initializers/registry.ts';
import { MAX_AXIS } from '../lib/fields.ts';
import { booleanParam, integersParam, numberParam, stringParam } from '../lib/params.ts';
import { activationField, activationName, recordActivation } from './activations.ts';
import type { LayerDefinition } from './define.ts';
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
    filters: {
      kind: 'integer',
      label: 'Filters',
      help: 'Number of output channels.',
      min: 1,
      max: MAX_AXIS,
      initial: 8,
    },
    kernel_size: pairField('Kernel size', 'Height and width of a filter.', { initial: [2, 2] }),
    stride: pairField('Stride', 'How far apart neighbours land, down and across.', { default: [1, 1] }),
    padding: { ...paddingField, help: 'valid: every window whole, nothing cut off.', options: ['valid'] },
    activation: activationField,
    use_bias: { kind: 'boolean', label: 'Bias', help: 'Adds one learned number to every channel.', default: true },
    weight_init: initializerField('Weight initialiser', 'How the filters start.', 'glorot_uniform'),
  },
  inputs: 'one',
  brief: (params) => `${numberParam(params, 'filters')} · ${activationName(params['activation'])}`,
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
    const sum = booleanParam(params, 'use_bias')
      ? builder.op('add_bias', [maps, builder.parameter('bias', [filters], { init: 'zeros' })], { axis: 'first' })
      : maps;
    return recordActivation(builder, sum, params['activation'] ?? 'linear');
  },
};
