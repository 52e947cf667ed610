/** Shortcuts around hidden layers: what they learn is added to what they got (He and others, 2016). */
import type { Graph } from '../graph/model.ts';
import { nodeAt } from './chain.ts';
import { template } from './define.ts';

const wide = { units: 16, activation: 'tanh' };

const graph: Graph = {
  nodes: [
    nodeAt(['in', 'input', { shape: [2] }], 0),
    nodeAt(['stem', 'dense', wide], 1),
    nodeAt(['a1', 'dense', wide], 2, 1),
    nodeAt(['sum1', 'add', {}], 3),
    nodeAt(['a2', 'dense', wide], 0, 3),
    nodeAt(['sum2', 'add', {}], 1, 2),
    nodeAt(['out', 'dense', { units: 1, activation: 'sigmoid' }], 2, 2),
    nodeAt(['y', 'output', {}], 3, 2),
  ],
  edges: [
    { from: 'in', to: 'stem' },
    { from: 'stem', to: 'a1' },
    { from: 'stem', to: 'sum1' },
    { from: 'a1', to: 'sum1' },
    { from: 'sum1', to: 'a2' },
    { from: 'sum1', to: 'sum2' },
    { from: 'a2', to: 'sum2' },
    { from: 'sum2', to: 'out' },
    { from: 'out', to: 'y' },
  ],
};

export const residualMlp = template(
  'Residual network',
  'Two shortcuts carry values, and gradients, around hidden layers.',
  {
    place: 100,
    graph,
    data: { kind: 'generator', name: 'spiral', samples: 500, noise: 0.1, seed: 7, validation: { fraction: 0.5 } },
    training: {
      method: 'gradient',
      loss: 'binary_cross_entropy',
      optimizer: { type: 'adam', learning_rate: 0.01 },
      batch_size: 32,
      epochs: 200,
      seed: 42,
    },
  },
);
