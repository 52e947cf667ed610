/** RMSprop: Adagrad that forgets. */
import { numberParam } from '../lib/params.ts';
import type { OptimizerDefinition } from './define.ts';
import { decayField, epsilonField, learningRateField } from './fields.ts';

/** v = ρv + (1 − ρ)g²; w −= lr·g/(√v + ε). Source: Hinton, lecture 6e, 2012; torch.optim.RMSprop. */
export const rmsprop: OptimizerDefinition = {
  label: 'RMSprop',
  summary: 'Divides each step by the recent size of its gradient.',
  formula: String.raw`v \leftarrow \rho v + (1 - \rho) g^2,\quad w \leftarrow w - \eta \frac{g}{\sqrt{v} + \varepsilon}`,
  fields: {
    learning_rate: learningRateField(0.01),
    rho: decayField('Rho', 'How long squared gradients are remembered.', 0.99),
    epsilon: epsilonField(1e-8),
  },
  slots: () => ['square'],
  record: (recorder, { weight, gradient, slots }, params) => {
    const attributes = { rho: numberParam(params, 'rho'), epsilon: numberParam(params, 'epsilon') };
    recorder.ops('rmsprop_update', [weight, gradient, ...slots], attributes);
  },
};
