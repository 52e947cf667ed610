/** Joins its inputs along one axis. */
import { numberParam } from '../lib/params.ts';
import type { LayerDefinition } from './define.ts';
import { manyInputs } from './inputs.ts';

const LAST_AXIS = 3;

/** All axes but one agree; that one is summed. Throws shape.concat, shape.too_few_inputs. */
export const concat: LayerDefinition = {
  label: 'Concatenate',
  group: 'merge',
  icon: 'combine',
  summary: 'Lays its inputs side by side along one axis.',
  formula: String.raw`y = [x_1, x_2, \dots]`,
  fields: {
    axis: {
      kind: 'integer',
      label: 'Axis',
      help: 'Which axis grows, counted from 0 without the batch (channels of images).',
      min: 0,
      max: LAST_AXIS,
      default: 0,
    },
  },
  inputs: 'many',
  brief: (params) => `axis ${numberParam(params, 'axis')}`,
  record: (builder, inputs, params) =>
    builder.op('concat', manyInputs(inputs, 'concat'), { axis: numberParam(params, 'axis') }),
};
