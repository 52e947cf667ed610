/** The fully connected layer. */
import { initializerField } from '../initializers/registry.ts';
import { MAX_AXIS } from '../lib/fields.ts';
import { booleanParam, numberParam } from '../lib/params.ts';
import { activationField, activationName, recordActivation } from './activations.ts';
import type { LayerDefinition } from './define.ts';
import { initOf } from './init.ts';
import { axisOf, theInput } from './inputs.ts';

/** y = f(x Wᵀ + b) on the last axis. Shapes: x [.., in], W [units, in], b [units] -> [.., units]. */
export const dense: LayerDefinition = {
  label: 'Dense',
  group: 'core',
  icon: 'grid-3x3',
  summary: 'Every unit sees every input: a weighted sum, a bias and an activation.',
  formula: String.raw`y = f(x W^\top + b)`,
  fields: {
    units: { kind: 'integer', label: 'Units', help: 'Number of outputs.', min: 1, max: MAX_AXIS, initial: 8 },
    activation: activationField,
    use_bias: { kind: 'boolean', label: 'Bias', help: 'Adds one learned number to every unit.', default: true },
    weight_init: initializerField('Weight initialiser', 'How the weights start.', 'glorot_uniform'),
    bias_init: initializerField('Bias initialiser', 'How the biases start.', 'zeros'),
  },
  inputs: 'one',
  brief: (params) => `${numberParam(params, 'units')} · ${activationName(params['activation'])}`,
  record: (builder, inputs, params) => {
    const x = theInput(inputs);
    const units = numberParam(params, 'units');
    const weight = builder.parameter('weight', [units, axisOf(x, -1)], { init: initOf(params, 'weight_init') });
    const product = builder.op('matmul', [x, weight], { transposeB: true });
    const sum = booleanParam(params, 'use_bias')
      ? builder.op('add_bias', [product, builder.parameter('bias', [units], { init: initOf(params, 'bias_init') })], {
          axis: 'last',
        })
      : product;
    return recordActivation(builder, sum, params['activation'] ?? 'linear');
  },
};
