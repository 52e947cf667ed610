/** A small convolutional network for handwritten digits. */
import { chain } from './chain.ts';
import { template } from './define.ts';

export const cnnDigits = template(
  'CNN for digits',
  'Two convolutions with pooling read handwritten digits of 8×8 pixels.',
  {
    place: 120,
    graph: chain(
      ['in', 'input', { shape: [1, 8, 8] }],
      ['c1', 'conv2d', { filters: 16, kernel_size: [3, 3], padding: 'same', activation: 'relu' }],
      ['p1', 'max_pool2d', { pool_size: [2, 2] }],
      ['c2', 'conv2d', { filters: 32, kernel_size: [3, 3], padding: 'same', activation: 'relu' }],
      ['p2', 'max_pool2d', { pool_size: [2, 2] }],
      ['flat', 'flatten', {}],
      ['out', 'dense', { units: 10, activation: 'softmax' }],
      ['y', 'output', {}],
    ),
    data: {
      kind: 'builtin',
      name: 'digits',
      seed: 1,
      standardize: true,
      validation: { fraction: 0.2, stratify: true },
    },
    training: {
      method: 'gradient',
      loss: 'cross_entropy',
      optimizer: { type: 'adam', learning_rate: 0.003 },
      batch_size: 32,
      epochs: 20,
      seed: 1,
    },
  },
);
