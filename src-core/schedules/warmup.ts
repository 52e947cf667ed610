/** Starts gently, then hands over to another schedule. */
import type { Fields } from '../lib/fields.ts';
import { numberParam } from '../lib/params.ts';
import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import type { ScheduleDefinition } from './define.ts';
import { exponential } from './exponential.ts';
import { step } from './step.ts';

const followers: Readonly<Record<string, Fields>> = {
  constant: constant.fields,
  cosine: cosine.fields,
  exponential: exponential.fields,
  step: step.fields,
};

/** rate = base·(e + 1)/n for e < n = `epochs`; then the schedule `then` from its own epoch 0 over the remaining epochs. */
export const warmup: ScheduleDefinition = {
  label: 'Warm-up',
  summary: 'Raises the rate over the first epochs, then hands over to another schedule.',
  formula: String.raw`\eta_e = \eta\,\frac{e + 1}{n}\ (e < n)`,
  fields: {
    epochs: {
      kind: 'integer',
      label: 'Warm-up epochs',
      help: 'Epochs until the full rate.',
      min: 1,
      max: 1_000_000,
      initial: 5,
    },
    then: {
      kind: 'variant',
      label: 'Then',
      help: 'Schedule of the remaining epochs.',
      entries: followers,
      default: 'constant',
    },
  },
  rate: ({ base, epoch, epochs, inner }, params) => {
    const length = numberParam(params, 'epochs');
    if (epoch < length) return (base * (epoch + 1)) / length;
    return inner(params['then'] ?? 'constant', { epoch: epoch - length, epochs: epochs - length });
  },
};
