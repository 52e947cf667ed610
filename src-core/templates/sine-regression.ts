/** One wave of the sine through a few tanh units: regression that needs a hidden layer. */
import { chain } from './chain.ts';
import { template } from './define.ts';

export const sineRegression = template('Sine regression', 'A few tanh units add up to one wave of the sine.', {
  place: 60,
  graph: chain(
    ['in', 'input', { shape: [1] }],
    ['h1', 'dense', { units: 12, activation: 'tanh' }],
    ['out', 'dense', { units: 1 }],
    ['y', 'output', {}],
  ),
  data: { kind: 'generator', name: 'sine', samples: 300, noise: 0.05, seed: 1, validation: { fraction: 0.3 } },
  training: {
    method: 'gradient',
    loss: 'mean_squared_error',
    optimizer: { type: 'adam', learning_rate: 0.02 },
    batch_size: 32,
    epochs: 150,
    seed: 1,
  },
});
