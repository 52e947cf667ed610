/** Softmax regression: logistic regression for more than two classes. */
import { chain } from './chain.ts';
import { template } from './define.ts';

export const softmaxRegression = template(
  'Softmax regression',
  'One unit per class, no hidden layer: straight borders between several clouds.',
  {
    place: 30,
    graph: chain(
      ['in', 'input', { shape: [2] }],
      ['out', 'dense', { units: 4, activation: 'softmax' }],
      ['y', 'output', {}],
    ),
    data: {
      kind: 'generator',
      name: 'blobs',
      samples: 400,
      noise: 0.2,
      seed: 1,
      classes: 4,
      validation: { fraction: 0.25, stratify: true },
    },
    training: {
      method: 'gradient',
      loss: 'cross_entropy',
      optimizer: { type: 'sgd', learning_rate: 0.1, momentum: 0.9 },
      batch_size: 32,
      epochs: 60,
      seed: 1,
    },
  },
);
