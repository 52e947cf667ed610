/** Two interleaved spirals and the small network that tells them apart: what the app opens on. */
import type { TemplateDefinition } from './define.ts';

export const twoSpirals: TemplateDefinition = {
  label: 'Two spirals',
  summary: 'Two hidden layers bend the plane until two interleaved spirals come apart.',
  place: 80,
  document: {
    format: 'netloom-project',
    version: 1,
    name: 'Two spirals',
    graph: {
      nodes: [
        { id: 'in', type: 'input', params: { shape: [2] }, position: { x: 0, y: 0 } },
        { id: 'h1', type: 'dense', params: { units: 16, activation: 'tanh' }, position: { x: 220, y: 0 } },
        { id: 'h2', type: 'dense', params: { units: 16, activation: 'tanh' }, position: { x: 440, y: 0 } },
        { id: 'out', type: 'dense', params: { units: 1, activation: 'sigmoid' }, position: { x: 660, y: 0 } },
        { id: 'y', type: 'output', params: {}, position: { x: 880, y: 0 } },
      ],
      edges: [
        { from: 'in', to: 'h1' },
        { from: 'h1', to: 'h2' },
        { from: 'h2', to: 'out' },
        { from: 'out', to: 'y' },
      ],
    },
    data: { kind: 'generator', name: 'spiral', samples: 500, noise: 0.1, seed: 7, validation: { fraction: 0.5 } },
    training: {
      method: 'gradient',
      loss: 'binary_cross_entropy',
      optimizer: { type: 'adam', learning_rate: 0.02 },
      batch_size: 32,
      epochs: 300,
      seed: 42,
      shuffle: true,
      reduction: 'mean',
    },
  },
};
