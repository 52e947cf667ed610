/** Logistic regression: no hidden layer, one straight border. */
import { chain } from './chain.ts';
import { template } from './define.ts';

export const logisticRegression = template(
  'Logistic regression',
  'One sigmoid unit draws a straight border between two clouds.',
  {
    place: 20,
    graph: chain(
      ['in', 'input', { shape: [2] }],
      ['out', 'dense', { units: 1, activation: 'sigmoid' }],
      ['y', 'output', {}],
    ),
    data: { kind: 'generator', name: 'gauss', samples: 300, noise: 0.5, seed: 1, validation: { fraction: 0.3 } },
    training: {
      method: 'gradient',
      loss: 'binary_cross_entropy',
      optimizer: { type: 'sgd', learning_rate: 0.1 },
      batch_size: 16,
      epochs: 50,
      seed: 1,
    },
  },
);
