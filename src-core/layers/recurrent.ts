/** What the three recurrent layers share: their fields, their tensors, and the way in and out of the op over time. */
import { MAX_AXIS, type Fields } from '../lib/fields.ts';
import { booleanParam, numberParam } from '../lib/params.ts';
import type { LayerDefinition } from './define.ts';
import { axisOf, inputOfRank } from './inputs.ts';

const fields: Fields = {
  units: { kind: 'integer', label: 'Units', help: 'Length of the hidden state.', min: 1, max: MAX_AXIS, initial: 8 },
  return_sequences: {
    kind: 'boolean',
    label: 'Return sequences',
    help: 'On: the hidden state of every time step. Off: only the last.',
    default: false,
  },
};

/**
 * A recurrent layer over the op `id`. Shapes: x [T, F], weight_ih_l0 [gates·U, F], weight_hh_l0 [gates·U, U],
 * bias_ih_l0, bias_hh_l0 [gates·U] -> [U] or [T, U]. Everything starts uniform in ±1/√U. Throws shape.rank.
 */
export function recurrent(
  id: 'simple_rnn' | 'lstm' | 'gru',
  gates: number,
  about: Pick<LayerDefinition, 'label' | 'icon' | 'summary' | 'formula'>,
): LayerDefinition {
  return {
    ...about,
    group: 'sequences',
    fields,
    inputs: 'one',
    brief: (params) => String(numberParam(params, 'units')),
    record: (builder, inputs, params) => {
      const x = inputOfRank(inputs, 2, id, '[time, features]');
      const units = numberParam(params, 'units');
      const init = { type: 'uniform', limit: 1 / Math.sqrt(units) };
      const tensor = (name: string, shape: readonly number[]) => builder.parameter(name, shape, { init });
      const inputWeight = tensor('weight_ih_l0', [gates * units, axisOf(x, 1)]);
      const hiddenWeight = tensor('weight_hh_l0', [gates * units, units]);
      const inputBias = tensor('bias_ih_l0', [gates * units]);
      const hiddenBias = tensor('bias_hh_l0', [gates * units]);
      const product = builder.op('matmul', [x, inputWeight], { transposeB: true });
      const contribution = builder.op('add_bias', [product, inputBias], { axis: 'last' });
      const [states = x] = builder.ops(id, [contribution, hiddenWeight, hiddenBias]);
      if (booleanParam(params, 'return_sequences')) return states;
      const last = builder.op('slice', [states], { axis: 0, from: axisOf(states, 0) - 1, length: 1 });
      return builder.op('reshape', [last], { shape: [units] });
    },
  };
}
