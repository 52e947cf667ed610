/** The two-dimensional convolution layer. */
import { initializerField } from '../initializers/registry.ts';
import { MAX_AXIS } from '../lib/fields.ts';
import { booleanParam, integersParam, numberParam, stringParam } from '../lib/params.ts';
import { activationField, activationName, recordActivation } from './activations.ts';
import type { LayerDefinition } from './define.ts';
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
    filters: {
      kind: 'integer',
      label: 'Filters',
      help: 'Number of output channels.',
      min: 1,
      max: MAX_AXIS,
      initial: 8,
    },
    kernel_size: pairField('Kernel size', 'Height and width of a filter.', { initial: [3, 3] }),
    stride: pairField('Stride', 'Steps between two windows, down and across.', { default: [1, 1] }),
    padding: paddingField,
    activation: activationField,
    use_bias: { kind: 'boolean', label: 'Bias', help: 'Adds one learned number to every channel.', default: true },
    weight_init: initializerField('Weight initialiser', 'How the filters start.', 'glorot_uniform'),
  },
  inputs: 'one',
  brief: (params) => `${numberParam(params, 'filters')} · ${activationName(params['activation'])}`,
  record: (builder, inputs, params) => {
    const x = inputOfRank(inputs, IMAGE_RANK, 'conv2d', '[channels, height, width]');
    const filters = numberParam(params, 'filters');
    const kernel = integersParam(params, 'kernel_size');
    const init = initOf(params, 'weight_init');
    const weight = builder.parameter('weight', [filters, axisOf(x, 0), ...kernel], { init });
    const attributes = { kernel, stride: integersParam(params, 'stride'), padding: stringParam(params, 'padding') };
    const maps = builder.op('conv2d', [x, weight], attributes);
    const sum = booleanParam(params, 'use_bias')
      ? builder.op('add_bias', [maps, builder.parameter('bias', [filters], { init: 'zeros' })], { axis: 'first' })
      : maps;
    return recordActivation(builder, sum, params['activation'] ?? 'linear');
  },
};
