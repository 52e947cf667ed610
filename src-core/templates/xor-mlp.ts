/** The exclusive or: what one straight border cannot part, and four hidden units can. */
import { chain } from './chain.ts';
import { template } from './define.ts';

export const xorMlp = template('XOR with a hidden layer', 'Four hidden units part what no straight line can.', {
  place: 50,
  graph: chain(
    ['in', 'input', { shape: [2] }],
    ['h1', 'dense', { units: 4, activation: 'tanh' }],
    ['out', 'dense', { units: 1, activation: 'sigmoid' }],
    ['y', 'output', {}],
  ),
  data: { kind: 'generator', name: 'xor', samples: 400, noise: 0.1, seed: 3, validation: { fraction: 0.3 } },
  training: {
    method: 'gradient',
    loss: 'binary_cross_entropy',
    optimizer: { type: 'adam', learning_rate: 0.03 },
    batch_size: 32,
    epochs: 100,
    seed: 1,
  },
});
