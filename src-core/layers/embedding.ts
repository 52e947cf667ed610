/** A learned vector for every id. */
import { initializerField } from '../initializers/registry.ts';
import { MAX_AXIS } from '../lib/fields.ts';
import { numberParam } from '../lib/params.ts';
import type { LayerDefinition } from './define.ts';
import { initOf } from './init.ts';
import { theInput } from './inputs.ts';

/** Shapes: ids [..], weight [vocabulary, dims] -> [.., dims]. Values that are no id stop the run: engine.embedding_id. */
export const embedding: LayerDefinition = {
  label: 'Embedding',
  group: 'sequences',
  icon: 'book-a',
  summary: 'Looks up a learned vector for every whole number.',
  formula: 'y_t = W_{x_t}',
  fields: {
    vocabulary: {
      kind: 'integer',
      label: 'Vocabulary',
      help: 'Number of ids: 0 … vocabulary − 1.',
      min: 1,
      max: MAX_AXIS,
      initial: 16,
    },
    dims: { kind: 'integer', label: 'Dimensions', help: 'Length of each vector.', min: 1, max: MAX_AXIS, initial: 8 },
    weight_init: {
      ...initializerField('Weight initialiser', 'How the vectors start; left out: normal with deviation 1.', 'normal'),
      default: { type: 'normal', stddev: 1 },
    },
  },
  inputs: 'one',
  brief: (params) => `${numberParam(params, 'vocabulary')} → ${numberParam(params, 'dims')}`,
  record: (builder, inputs, params) => {
    const shape = [numberParam(params, 'vocabulary'), numberParam(params, 'dims')];
    const weight = builder.parameter('weight', shape, { init: initOf(params, 'weight_init') });
    return builder.op('embedding', [theInput(inputs), weight]);
  },
};
