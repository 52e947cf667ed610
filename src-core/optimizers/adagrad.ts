/** Adagrad: steps that shrink where gradients were large. */
import { numberParam } from '../lib/params.ts';
import type { OptimizerDefinition } from './define.ts';
import { epsilonField, learningRateField } from './fields.ts';

/** s += g²; w −= lr·g/(√s + ε). Source: Duchi, Hazan and Singer, 2011; torch.optim.Adagrad. */
export const adagrad: OptimizerDefinition = {
  label: 'Adagrad',
  summary: 'Gives every weight its own step, shorter the more it has moved.',
  formula: String.raw`s \leftarrow s + g^2,\quad w \leftarrow w - \eta \frac{g}{\sqrt{s} + \varepsilon}`,
  fields: { learning_rate: learningRateField(0.01), epsilon: epsilonField(1e-10) },
  slots: () => ['sum'],
  record: (recorder, { weight, gradient, slots }, params) => {
    recorder.ops('adagrad_update', [weight, gradient, ...slots], { epsilon: numberParam(params, 'epsilon') });
  },
};
