/** The 8-3-8 encoder: eight patterns through three units and back (Rumelhart, Hinton and Williams, 1986). */
import { chain } from './chain.ts';
import { template } from './define.ts';

const SIZE = 8;
const patterns = Array.from({ length: SIZE }, (_, row) => Array.from({ length: SIZE }, (_, i) => Number(i === row)));

export const autoencoder = template(
  'Autoencoder',
  'Squeezes eight patterns through three hidden units and rebuilds them: the units find a binary code.',
  {
    graph: chain(
      ['in', 'input', { shape: [SIZE] }],
      ['code', 'dense', { units: 3, activation: 'tanh' }],
      ['out', 'dense', { units: SIZE }],
      ['y', 'output', {}],
    ),
    data: { kind: 'inline', task: 'regression', inputs: patterns, targets: patterns },
    training: {
      method: 'gradient',
      loss: 'mean_squared_error',
      optimizer: { type: 'adam', learning_rate: 0.02 },
      batch_size: 'full',
      epochs: 600,
      seed: 1,
    },
  },
);
