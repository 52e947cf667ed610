/** The document that these tests train, for them and for the processes they start. */
import type { ProjectDocument } from '../../../src-core/graph/model.ts';

export interface Recipe {
  readonly epochs?: number;
  readonly samples?: number;
  readonly optimizer?: ProjectDocument['training']['optimizer'];
  readonly units?: number;
}

/** Two spirals through dense, dropout, dense: everything that draws random numbers. */
export function recipe({ epochs = 40, samples = 200, units = 12, optimizer }: Recipe = {}): ProjectDocument {
  return {
    format: 'netloom-project',
    version: 1,
    name: 'Spirals with dropout',
    graph: {
      nodes: [
        { id: 'in', type: 'input', params: { shape: [2] } },
        { id: 'h1', type: 'dense', params: { units, activation: 'tanh' } },
        { id: 'd1', type: 'dropout', params: { rate: 0.2 } },
        { id: 'out', type: 'dense', params: { units: 1, activation: 'sigmoid' } },
        { id: 'y', type: 'output', params: {} },
      ],
      edges: [
        { from: 'in', to: 'h1' },
        { from: 'h1', to: 'd1' },
        { from: 'd1', to: 'out' },
        { from: 'out', to: 'y' },
      ],
    },
    data: { kind: 'generator', name: 'spiral', samples, noise: 0.1, seed: 7, validation: { fraction: 0.25 } },
    training: {
      loss: 'binary_cross_entropy',
      optimizer: optimizer ?? { type: 'adam', learning_rate: 0.02 },
      batch_size: 16,
      epochs,
      seed: 42,
    },
  };
}
