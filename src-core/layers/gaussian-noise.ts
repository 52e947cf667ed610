/** Normal noise on every value, in training only. */
import { numberParam } from '../lib/params.ts';
import type { LayerDefinition } from './define.ts';
import { theInput } from './inputs.ts';

/** y = x + stddev·n. Shape: as its input. */
export const gaussianNoise: LayerDefinition = {
  label: 'Gaussian noise',
  group: 'regularization',
  icon: 'audio-waveform',
  summary: 'Adds normal noise to every value at every training step.',
  formula: String.raw`y = x + n,\quad n \sim N(0, \sigma^2)`,
  fields: {
    stddev: { kind: 'number', label: 'Standard deviation', help: 'Strength of the noise.', min: 0, default: 0.1 },
  },
  inputs: 'one',
  brief: (params) => String(numberParam(params, 'stddev')),
  record: (builder, inputs, params) => {
    const stddev = numberParam(params, 'stddev');
    const isActive = builder.training && builder.noise && stddev > 0;
    return isActive ? builder.op('gaussian_noise', [theInput(inputs)], { stddev }) : theInput(inputs);
  },
};
