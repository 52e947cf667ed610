/** Adam: momentum and RMSprop in one, corrected for their start at zero. */
import type { Fields } from '../lib/fields.ts';
import type { JsonObject } from '../lib/json.ts';
import { numberParam } from '../lib/params.ts';
import type { OptimizerDefinition } from './define.ts';
import { decayField, epsilonField, learningRateField } from './fields.ts';

/** Fields that Adam and AdamW share. */
export const adamFields: Fields = {
  learning_rate: learningRateField(0.001),
  beta1: decayField('Beta 1', 'How long gradients are remembered.', 0.9),
  beta2: decayField('Beta 2', 'How long squared gradients are remembered.', 0.999),
  epsilon: epsilonField(1e-8),
};

/** Attributes of adam_update. */
export function adamAttributes(params: JsonObject, weightDecay: number) {
  const [beta1, beta2] = [numberParam(params, 'beta1'), numberParam(params, 'beta2')];
  return { beta1, beta2, epsilon: numberParam(params, 'epsilon'), weightDecay };
}

/**
 * m = β₁m + (1 − β₁)g; v = β₂v + (1 − β₂)g²; w −= lr/(1 − β₁ᵗ) · m/(√v/√(1 − β₂ᵗ) + ε), t from 1.
 * Source: Kingma and Ba, 2015; torch.optim.Adam.
 */
export const adam: OptimizerDefinition = {
  label: 'Adam',
  summary: 'Momentum with a step of its own for every weight; a good first choice.',
  formula: String.raw`m \leftarrow \beta_1 m + (1-\beta_1) g,\ v \leftarrow \beta_2 v + (1-\beta_2) g^2,\ w \leftarrow w - \eta \frac{\hat m}{\sqrt{\hat v} + \varepsilon}`,
  fields: adamFields,
  slots: () => ['m', 'v'],
  record: (recorder, { weight, gradient, slots }, params) => {
    recorder.ops('adam_update', [weight, gradient, ...slots], adamAttributes(params, 0));
  },
};
