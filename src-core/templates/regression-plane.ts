/** A linear neuron fits a tilted plane: regression at its smallest. */
import { chain } from './chain.ts';
import { template } from './define.ts';

export const regressionPlane = template('Plane regression', 'One linear unit finds the slope of a plane.', {
  place: 40,
  graph: chain(['in', 'input', { shape: [2] }], ['out', 'dense', { units: 1 }], ['y', 'output', {}]),
  data: { kind: 'generator', name: 'plane', samples: 300, noise: 0.05, seed: 1, validation: { fraction: 0.3 } },
  training: {
    method: 'gradient',
    loss: 'mean_squared_error',
    optimizer: { type: 'sgd', learning_rate: 0.02 },
    batch_size: 32,
    epochs: 40,
    seed: 1,
  },
});
