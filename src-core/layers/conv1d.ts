/** The one-dimensional convolution layer: a two-dimensional one of height 1. */
import { MAX_AXIS } from '../lib/fields.ts';
import { numberParam, stringParam } from '../lib/params.ts';
import type { LayerDefinition } from './define.ts';
import { filterFields, filtersBrief, filtersField, finishFilters } from './filters.ts';
import { initOf } from './init.ts';
import { axisOf, inputOfRank } from './inputs.ts';
import { paddingField } from './window-fields.ts';

/** Shapes: x [C, L], weight [filters, C, k], bias [filters] -> [filters, L'] (a signal). Throws shape.rank, shape.window_too_large. */
export const conv1d: LayerDefinition = {
  label: 'Conv 1D',
  group: 'sequences',
  icon: 'audio-lines',
  summary: 'Slides small filters along a signal, the same weights everywhere.',
  formula: String.raw`y_{f,i} = f\Big(\sum_{c,u} w_{f,c,u}\, x_{c,\,is+u} + b_f\Big)`,
  fields: {
    filters: filtersField,
    kernel_size: {
      kind: 'integer',
      label: 'Kernel size',
      help: 'Length of a filter.',
      min: 1,
      max: MAX_AXIS,
      initial: 3,
    },
    stride: { kind: 'integer', label: 'Stride', help: 'Steps between two windows.', min: 1, max: MAX_AXIS, default: 1 },
    padding: paddingField,
    ...filterFields,
  },
  inputs: 'one',
  brief: filtersBrief,
  record: (builder, inputs, params) => {
    const x = inputOfRank(inputs, 2, 'conv1d', '[channels, length]');
    const [channels, length] = [axisOf(x, 0), axisOf(x, 1)];
    const [filters, kernel] = [numberParam(params, 'filters'), numberParam(params, 'kernel_size')];
    const weight = builder.parameter('weight', [filters, channels, kernel], { init: initOf(params, 'weight_init') });
    const maps = builder.op(
      'conv2d',
      [
        builder.op('reshape', [x], { shape: [channels, 1, length] }),
        builder.op('reshape', [weight], { shape: [filters, channels, 1, kernel] }),
      ],
      { kernel: [1, kernel], stride: [1, numberParam(params, 'stride')], padding: stringParam(params, 'padding') },
    );
    const signal = builder.op('reshape', [maps], { shape: [filters, axisOf(maps, 2)], signal: true });
    return finishFilters(builder, signal, params);
  },
};
