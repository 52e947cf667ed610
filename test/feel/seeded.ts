/** Data folders and projects for the measurements: filled through the store itself, no training needed. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EpochRecord } from '../../src-core/contract/records.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { twoSpirals } from '../../src-core/templates/two-spirals.ts';
import { openStore } from '../../src-main/store/store.ts';

const root = join(import.meta.dirname, '..', '..');
const document: ProjectDocument = twoSpirals.document;
const RECORDS_A_TURN = 10_000;

/** A falling curve with noise that is the same every time, and one spike that must not get lost. */
function lossAt(epoch: number): number {
  const noise = Math.sin(epoch * 12.9898) * 43758.5453;
  const spike = epoch === SPIKE_EPOCH ? 5 : 0;
  return 0.7 / Math.sqrt(1 + epoch / 1000) + 0.02 * (noise - Math.floor(noise)) + spike;
}
export const SPIKE_EPOCH = 654_321;

function lowestEpoch(epochs: number): number {
  let best = 1;
  for (let epoch = 2; epoch <= epochs; epoch++) if (lossAt(epoch) < lossAt(best)) best = epoch;
  return best;
}

function recordsOf(from: number, to: number): EpochRecord[] {
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const epoch = from + i;
    const loss = lossAt(epoch);
    return { epoch, step: epoch, loss, val_loss: loss * 1.1, accuracy: 0.5, val_accuracy: 0.5 };
  });
}

/** One run that a person really trained for an epoch, and whose history then goes on to so many. */
export function longRun(home: string, epochs: number): void {
  const file = join(home, 'netloom.sqlite');
  const train = [join(root, 'out', 'main', 'cli.js'), 'train', 'two-spirals', '--epochs', '1', '--store', file];
  execFileSync(process.execPath, train, { env: { ...process.env, NETLOOM_HOME: home }, stdio: 'ignore' });
  const store = openStore({ file });
  const [run] = store.listRuns({ limit: 1 }).runs;
  if (run === undefined) throw new Error('the command line kept no run');
  const bestEpoch = lowestEpoch(epochs);
  store.atomically(() => {
    for (let from = 1; from <= epochs; from += RECORDS_A_TURN) {
      store.appendRecords(run.id, recordsOf(from, Math.min(epochs, from + RECORDS_A_TURN - 1)), bestEpoch);
    }
  });
  store.close();
}

export function manyRuns(home: string, count: number): void {
  const store = openStore({ file: join(home, 'netloom.sqlite') });
  store.atomically(() => {
    for (let i = 0; i < count; i++) {
      const name = `Run ${i + 1} of many`;
      const id = store.createRun({ document: { ...document, name }, folder: home, epochs: 20, shell: 'browser' });
      store.appendRecords(id, recordsOf(1, 20), 20);
      store.setStatus(id, 'stopped');
    }
  });
  store.close();
}

function project(home: string, name: string, change: Partial<ProjectDocument>): string {
  const file = join(home, `${name}.netloom.json`);
  writeFileSync(file, JSON.stringify({ ...document, name, ...change }));
  return file;
}

/** A chain of so many layers, in rows of twenty. */
export function largeProject(home: string, count: number): string {
  const hidden = Array.from({ length: count - 3 }, (_, i) => ({
    id: `h${i}`,
    type: 'dense',
    params: { units: 4, activation: 'tanh' },
  }));
  const nodes = [
    { id: 'in', type: 'input', params: { shape: [2] } },
    ...hidden,
    { id: 'out', type: 'dense', params: { units: 1, activation: 'sigmoid' } },
    { id: 'y', type: 'output', params: {} },
  ].map((node, i) => ({ ...node, position: { x: (i % 20) * 260, y: Math.floor(i / 20) * 190 } }));
  const edges = nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id ?? '', to: id }));
  return project(home, 'large', { graph: { nodes, edges } });
}

/** Ten inputs, so that the boundary is computed only while it is looked at; trains until it is stopped. */
export function wideProject(home: string): string {
  const inputs = Array.from({ length: 500 }, (_, row) =>
    Array.from({ length: 10 }, (_, column) => Math.sin(row * 1.7 + column * column)),
  );
  const targets = inputs.map(([first = 0, second = 0]) => (first * second > 0 ? 1 : 0));
  const nodes = document.graph.nodes.map((node) => (node.id === 'in' ? { ...node, params: { shape: [10] } } : node));
  return project(home, 'wide', {
    graph: { ...document.graph, nodes },
    data: { kind: 'inline', task: 'binary', inputs, targets, validation: { fraction: 0.5 } },
    training: { ...document.training, epochs: 10_000_000 },
  });
}

export function longProject(home: string): string {
  return project(home, 'long', { training: { ...document.training, epochs: 10_000_000 } });
}
