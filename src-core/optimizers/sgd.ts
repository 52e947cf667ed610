/** Stochastic gradient descent, with momentum where asked. */
import { booleanParam, numberParam } from '../lib/params.ts';
import type { OptimizerDefinition } from './define.ts';
import { decayField, learningRateField } from './fields.ts';

/** v = momentum·v + g; w −= lr·v, or lr·(g + momentum·v) with nesterov. Source: torch.optim.SGD; Sutskever et al., 2013. */
export const sgd: OptimizerDefinition = {
  label: 'SGD',
  summary: 'Steps along the gradient; momentum carries a step on.',
  formula: String.raw`v \leftarrow \mu v + g,\quad w \leftarrow w - \eta v`,
  fields: {
    learning_rate: learningRateField(0.01),
    momentum: decayField('Momentum', 'Share of the last step that is carried on.', 0),
    nesterov: { kind: 'boolean', label: 'Nesterov', help: 'Looks ahead along the momentum.', default: false },
  },
  slots: (params) => (numberParam(params, 'momentum') > 0 ? ['momentum'] : []),
  record: (recorder, { weight, gradient, slots }, params) => {
    const momentum = numberParam(params, 'momentum');
    recorder.ops('sgd_update', [weight, gradient, ...slots], { momentum, nesterov: booleanParam(params, 'nesterov') });
  },
};
