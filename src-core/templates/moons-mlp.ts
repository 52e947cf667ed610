/** Two moons: a first look at dropout and a falling learning rate. */
import { chain } from './chain.ts';
import { template } from './define.ts';

export const moonsMlp = template('Two moons', 'A small network with dropout follows two half circles.', {
  place: 70,
  graph: chain(
    ['in', 'input', { shape: [2] }],
    ['h1', 'dense', { units: 24, activation: 'relu', weight_init: 'he_uniform' }],
    ['drop', 'dropout', { rate: 0.1 }],
    ['h2', 'dense', { units: 12, activation: 'relu', weight_init: 'he_uniform' }],
    ['out', 'dense', { units: 1, activation: 'sigmoid' }],
    ['y', 'output', {}],
  ),
  data: { kind: 'generator', name: 'moons', samples: 500, noise: 0.4, seed: 2, validation: { fraction: 0.3 } },
  training: {
    method: 'gradient',
    loss: 'binary_cross_entropy',
    optimizer: { type: 'adam', learning_rate: 0.01 },
    schedule: { type: 'cosine' },
    batch_size: 32,
    epochs: 80,
    seed: 1,
  },
});
