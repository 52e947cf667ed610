/** A store of its own for each test, and what tests put into it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { openStore, type Store } from '../../../src-main/store/store.ts';

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function tempStore(now?: () => number): Store {
  const store = openStore({ file: join(tempFolder(), 'netloom.sqlite'), ...(now ? { now } : {}) });
  onTestFinished(() => store.close());
  return store;
}

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
