/** Delta-bar-delta: every weight learns its own learning rate. */
import { numberParam } from '../lib/params.ts';
import type { OptimizerDefinition } from './define.ts';
import { decayField, learningRateField } from './fields.ts';

/**
 * δ̄ₜ = (1 − θ)·gₜ + θ·δ̄ₜ₋₁ with δ̄₀ = g₀; gₜ·δ̄ₜ₋₁ > 0: rate += κ; < 0: rate ·= φ; w −= rate·g with the new rate.
 * The first step uses learning_rate. Source: Jacobs, 1988.
 */
export const deltaBarDelta: OptimizerDefinition = {
  label: 'Delta-bar-delta',
  summary: 'Lengthens a step while its gradient keeps its sign, and shortens it when it flips; full batch only.',
  formula: String.raw`\bar\delta_t = (1-\theta) g_t + \theta \bar\delta_{t-1},\quad w \leftarrow w - \eta_t g_t`,
  fields: {
    learning_rate: learningRateField(0.1),
    kappa: { kind: 'number', label: 'Kappa', help: 'Added to the rate while the sign stays.', min: 0, default: 0.07 },
    phi: decayField('Phi', 'Factor on the rate when the sign flips.', 0.5),
    theta: decayField('Theta', 'How long past gradients are remembered.', 0),
  },
  slots: () => ['rate', 'average'],
  fullBatchOnly: true,
  record: (recorder, { weight, gradient, slots }, params) => {
    const attributes = {
      kappa: numberParam(params, 'kappa'),
      phi: numberParam(params, 'phi'),
      theta: numberParam(params, 'theta'),
    };
    recorder.ops('delta_bar_delta_update', [weight, gradient, ...slots], attributes);
  },
};
