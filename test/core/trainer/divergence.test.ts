/** What a run that stopped being finite says: step, op, layer, likely cause. */
import { expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { createNetwork } from '../../../src-core/runtime/network.ts';
import { firstBadOp } from '../../../src-core/trainer/first-bad-op.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';

const base: ProjectDocument = {
  format: 'netloom-project',
  version: 1,
  name: 'Diverging',
  graph: {
    nodes: [
      { id: 'in', type: 'input', params: { shape: [1] } },
      { id: 'h', type: 'dense', params: { units: 2 } },
      { id: 'out', type: 'dense', params: { units: 1 } },
      { id: 'y', type: 'output', params: {} },
    ],
    edges: [
      { from: 'in', to: 'h' },
      { from: 'h', to: 'out' },
      { from: 'out', to: 'y' },
    ],
  },
  data: { kind: 'csv', path: 'rows.csv', inputs: ['x'], target: ['y'], task: 'regression' },
  training: {
    loss: 'mean_squared_error',
    optimizer: { type: 'sgd', learning_rate: 0.1 },
    epochs: 50,
    batch_size: 'full',
  },
};

/** The reason of a run over the points (1, 1) and (2, 2) from these weights of h and out. */
async function reasonOf(h: readonly number[], out: readonly number[], rate: number): Promise<string | null> {
  const document = { ...base, training: { ...base.training, optimizer: { type: 'sgd', learning_rate: rate } } };
  const csv = new TextEncoder().encode('x,y\n1,1\n2,2\n');
  const data = await loadData(document.data, () => Promise.resolve(csv));
  const values = new Map([
    ['h.weight', h],
    ['h.bias', [0, 0]],
    ['out.weight', out],
    ['out.bias', [0]],
  ]);
  const trainer = createTrainer({ document, data, backend: 'fast', weights: { values, shapes: new Map() } });
  let slice = trainer.advance(1);
  while (slice.status === 'ready') slice = trainer.advance(1);
  return slice.reason;
}

// float32 ends near 3.4e38: 1e25 · 1e25 is beyond it, and so is the square of 1e30.
test('an output that overflows is named with its layer and op', async () => {
  expect(await reasonOf([1e25, 0], [1e25, 0], 0.1)).toMatch(
    /^training stopped at step 1: the output of out \(dense, op matmul\) is not a finite number; /,
  );
});

test('a loss that overflows over outputs that do not is named as the loss', async () => {
  expect(await reasonOf([1e30, 0], [1, 0], 0.1)).toMatch(
    /^training stopped at step 1: the loss \(op squared_error\) is not a finite number; /,
  );
});

test('a gradient that overflows behind a finite loss is found with its tensor', () => {
  const { graph, training } = base;
  const network = createNetwork({ graph, training, backend: 'fast', batchSize: 2 });
  // The outputs are about 1e18, their squares 1e36; the gradient of h is 1e18 · 1e22.
  network.write('h.weight', [1e-4, 0]);
  network.write('out.weight', [1e22, 0]);
  const rows = { count: 2, inputs: Float64Array.of(1, 2), targets: Float64Array.of(1, 2) };
  const found = firstBadOp({ document: base, network, batchSize: 2, rows, stepsBefore: 0 });
  expect(found).toMatchObject({ section: 'backward', node: 'h', tensor: expect.stringMatching(/^h\./) as string });
});

test('a gradient that overflows in a run is named with its tensor and op, though its layer was updated along it', async () => {
  // As above, where the first layer's gradient alone is beyond float32.
  expect(await reasonOf([1e-4, 0], [1e22, 0], 1e-3)).toMatch(
    /^training stopped at step 1: the gradient of h\.\w+ \(dense, op \w+\) is not a finite number; /,
  );
});

test('a weight that overflows is named with the update, and the rate is blamed', async () => {
  expect(await reasonOf([1e3, 0], [1e3, 0], 1e38)).toMatch(
    /^training stopped at step 1: \w+\.(weight|bias) after the sgd update is not a finite number; the learning rate 1e\+38 is likely too large/,
  );
});
