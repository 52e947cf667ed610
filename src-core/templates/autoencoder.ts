/** The 8-3-8 encoder: eight patterns through three units and back (Rumelhart, Hinton and Williams, 1986). */
import { chain } from './chain.ts';
import { template } from './define.ts';

const SIZE = 8;
const patterns = Array.from({ length: SIZE }, (_, row) => Array.from({ length: SIZE }, (_, i) => Number(i === row)));

export const autoencoder = template(
  'Autoencoder',
  'Squeezes eight patterns through three hidden units and rebuilds them: the units find a binary code.',
  {
    place: 90,
    graph: chain(
      ['in', 'input', { shape: [SIZE] }],
      ['code', 'dense', { units: 3, activation: 'sigmoid' }],
      ['out', 'dense', { units: SIZE, activation: 'sigmoid' }],
      ['y', 'output', {}],
    ),
    data: { kind: 'inline', task: 'regression', inputs: patterns, targets: patterns },
    training: {
      method: 'gradient',
      loss: 'binary_cross_entropy',
      optimizer: { type: 'adam', learning_rate: 0.05 },
      batch_size: 'full',
      epochs: 1_000,
      seed: 1,
    },
  },
);
