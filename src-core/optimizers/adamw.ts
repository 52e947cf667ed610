/** AdamW: Adam with weight decay beside the gradient instead of in it. */
import { numberParam } from '../lib/params.ts';
import { adamAttributes, adamFields } from './adam.ts';
import type { OptimizerDefinition } from './define.ts';

/** w −= lr·weight_decay·w, then Adam's step; on every parameter. Source: Loshchilov and Hutter, 2019; torch.optim.AdamW. */
export const adamw: OptimizerDefinition = {
  label: 'AdamW',
  summary: 'Adam that also shrinks every weight a little at each step.',
  formula: String.raw`w \leftarrow w - \eta \lambda w - \eta \frac{\hat m}{\sqrt{\hat v} + \varepsilon}`,
  fields: {
    ...adamFields,
    weight_decay: {
      kind: 'number',
      label: 'Weight decay',
      help: 'Share of the weight, times the learning rate, taken off at each step.',
      min: 0,
      default: 0.01,
    },
  },
  slots: () => ['m', 'v'],
  record: (recorder, { weight, gradient, slots }, params) => {
    const attributes = adamAttributes(params, numberParam(params, 'weight_decay'));
    recorder.ops('adam_update', [weight, gradient, ...slots], attributes);
  },
};
