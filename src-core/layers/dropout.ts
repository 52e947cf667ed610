/** Randomly silenced values, in training only. */
import { numberParam } from '../lib/params.ts';
import type { LayerDefinition } from './define.ts';
import { theInput } from './inputs.ts';

/** Inverted dropout: kept values are divided by 1 − rate, so that evaluation needs no change. Shape: as its input. */
export const dropout: LayerDefinition = {
  label: 'Dropout',
  group: 'regularization',
  icon: 'eye-off',
  summary: 'Silences a random share of the values at every training step.',
  formula: String.raw`y = \frac{m \odot x}{1 - p},\quad m_i \sim \operatorname{Bernoulli}(1 - p)`,
  fields: {
    rate: {
      kind: 'number',
      label: 'Rate',
      help: 'Share of the values that are silenced.',
      min: 0,
      max: 1,
      exclusiveMax: true,
      default: 0.5,
    },
  },
  inputs: 'one',
  brief: (params) => String(numberParam(params, 'rate')),
  record: (builder, inputs, params) => {
    const rate = numberParam(params, 'rate');
    const isActive = builder.training && builder.noise && rate > 0;
    return isActive ? builder.op('dropout', [theInput(inputs)], { rate }) : theInput(inputs);
  },
};
