/** Eight sigmoid layers: the gradient fades on its way back (Hochreiter, 1991). */
import { chain, type Link } from './chain.ts';
import { template } from './define.ts';

const DEPTH = 8;
const hidden = Array.from({ length: DEPTH }, (_, i): Link => [
  `h${i + 1}`,
  'dense',
  { units: 8, activation: 'sigmoid' },
]);

export const deepSigmoidMlp = template(
  'Deep sigmoid network',
  'Vanishing gradients: the first of eight sigmoid layers hardly learns. Change them to relu and compare.',
  {
    place: 110,
    graph: chain(
      ['in', 'input', { shape: [2] }],
      ...hidden,
      ['out', 'dense', { units: 1, activation: 'sigmoid' }],
      ['y', 'output', {}],
    ),
    data: { kind: 'generator', name: 'circle', samples: 400, noise: 0.1, seed: 1, validation: { fraction: 0.3 } },
    training: {
      method: 'gradient',
      loss: 'binary_cross_entropy',
      optimizer: { type: 'sgd', learning_rate: 0.1 },
      batch_size: 32,
      epochs: 100,
      seed: 1,
    },
  },
);
