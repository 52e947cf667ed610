/** Where the rows of the data enter the network. */
import { assert } from '../lib/assert.ts';
import { MAX_AXIS } from '../lib/fields.ts';
import { integersParam } from '../lib/params.ts';
import type { LayerDefinition } from './define.ts';

/** The one source of a graph; its value is made outside, by whoever feeds the rows. Shape: as declared. */
export const input: LayerDefinition = {
  label: 'Input',
  group: 'core',
  icon: 'log-in',
  summary: 'Where each row of the data enters.',
  formula: 'y = x',
  fields: {
    shape: {
      kind: 'integers',
      label: 'Shape',
      help: 'Axes of one row without the batch: [features], [time, features] or [channels, height, width].',
      length: [1, 4],
      min: 1,
      max: MAX_AXIS,
      initial: [2],
    },
  },
  inputs: 'none',
  brief: (params) => `[${integersParam(params, 'shape').join(', ')}]`,
  record: (_builder, inputs) => {
    const [rows] = inputs;
    assert(rows !== undefined && inputs.length === 1, 'the recorder feeds the rows to the input layer');
    return rows;
  },
};
