/** A document and runs of it, for tests and for the processes that tests start. */
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import type { Store } from '../../../src-main/store/store.ts';

export const document: ProjectDocument = {
  format: 'netloom-project',
  version: 1,
  name: 'Two spirals',
  graph: { nodes: [], edges: [] },
  data: { kind: 'generator', name: 'spiral' },
  training: { loss: 'binary_cross_entropy', optimizer: { type: 'adam', learning_rate: 0.02 }, seed: 42 },
};

export const newRun = (store: Store, name = 'Two spirals'): string =>
  store.createRun({ document: { ...document, name }, folder: '/data', epochs: 10, shell: 'cli' });

export const bytesOf = (length: number, fill: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + fill) % 251);
