/** An activation function as a node of its own. */
import { stringParam } from '../lib/params.ts';
import { activations, recordActivation } from './activations.ts';
import type { LayerDefinition } from './define.ts';
import { theInput } from './inputs.ts';

/** y = f(x), element-wise; softmax over the last axis. Shape: as its input. */
export const activation: LayerDefinition = {
  label: 'Activation',
  group: 'activation',
  icon: 'activity',
  summary: 'Bends every value by a function such as tanh or ReLU.',
  formula: 'y = f(x)',
  fields: {
    function: {
      kind: 'choice',
      label: 'Function',
      help: 'What is applied to every value.',
      options: Object.keys(activations),
      initial: 'relu',
    },
    alpha: {
      kind: 'number',
      label: 'Alpha',
      help: 'Only for leaky_relu (slope for negative inputs, 0.01) and elu (its lower limit negated, 1).',
      default: null,
    },
  },
  inputs: 'one',
  brief: (params) => stringParam(params, 'function'),
  record: (builder, inputs, params) => {
    const type = stringParam(params, 'function');
    const takesAlpha = type === 'leaky_relu' || type === 'elu';
    const spec = takesAlpha && typeof params['alpha'] === 'number' ? { type, alpha: params['alpha'] } : type;
    return recordActivation(builder, theInput(inputs), spec);
  },
};
