/** Rosenblatt's perceptron: one unit that learns from its mistakes alone. */
import { chain } from './chain.ts';
import { template } from './define.ts';

export const perceptron = template(
  'Perceptron',
  'One unit that moves its line at every mistake, and stops after a pass without one.',
  {
    place: 10,
    graph: chain(
      ['in', 'input', { shape: [2] }],
      ['out', 'dense', { units: 1, activation: 'linear' }],
      ['y', 'output', {}],
    ),
    data: {
      kind: 'generator',
      name: 'linear',
      samples: 300,
      noise: 0.3,
      seed: 6,
      validation: { fraction: 0.25, stratify: true },
    },
    training: { method: 'perceptron', loss: 'hinge', optimizer: { type: 'sgd' }, batch_size: 1, epochs: 100, seed: 1 },
  },
);
