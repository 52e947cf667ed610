/** The training loop: order, counters, history, early stopping, divergence, and going on bit for bit. */
import { describe, expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { finish as inOneGo } from '../../../src-core/lib/turns.ts';
import { epochOrder } from '../../../src-core/trainer/order.ts';
import { NO_BEST, updateBest } from '../../../src-core/trainer/early-stop.ts';
import { decodeCheckpoint } from '../../../src-core/trainer/checkpoint.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';
import type { Trainer } from '../../../src-core/trainer/define.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { messageOf } from '../../helpers/message-of.ts';

interface Changes {
  readonly training?: object;
  readonly data?: object;
  readonly dropout?: boolean;
}

/** Two spirals of 70 rows in batches of 16: five steps an epoch, the last of six rows. */
function documentOf({ training, data, dropout = false }: Changes = {}): ProjectDocument {
  const base = twoSpirals.document;
  const { nodes, edges } = base.graph;
  const graph = dropout
    ? {
        nodes: [...nodes, { id: 'drop', type: 'dropout', params: { rate: 0.3 } }],
        edges: [...edges.filter(({ from }) => from !== 'h1'), { from: 'h1', to: 'drop' }, { from: 'drop', to: 'h2' }],
      }
    : base.graph;
  return {
    ...base,
    graph,
    data: { ...base.data, samples: 100, validation: { fraction: 0.3 }, ...data },
    training: { ...base.training, batch_size: 16, epochs: 6, ...training },
  };
}

async function start(
  changes: Changes = {},
  more: { checkpoint?: Uint8Array; best?: Uint8Array } = {},
): Promise<Trainer> {
  const document = documentOf(changes);
  const data = await loadData(document.data, () => Promise.reject(new Error('no file')));
  return createTrainer({ document, data, backend: 'fast', ...more });
}

function finish(trainer: Trainer, slice = 3) {
  const records = [];
  while (trainer.status === 'ready') {
    const { record } = trainer.advance(slice);
    if (record !== null) records.push(record);
  }
  return records;
}

describe('an epoch', () => {
  test('takes every row once, in an order of its own that depends on seed and epoch alone', () => {
    const order = (epoch: number, seed = 1) => inOneGo(epochOrder({ seed, epoch, rows: 50, shuffle: true }));
    expect([...order(0)].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(order(3)).toEqual(order(3));
    expect(order(0)).not.toEqual(order(1));
    expect(order(0)).not.toEqual(order(0, 2));
    expect([...inOneGo(epochOrder({ seed: 1, epoch: 4, rows: 3, shuffle: false }))]).toEqual([0, 1, 2]);
  });

  test('puts other rows together in its batches than the one before, unless told not to shuffle', async () => {
    // At this rate float32 weights do not move: the losses of an epoch depend on its batches alone.
    const still = { optimizer: { type: 'sgd', learning_rate: 1e-30 } };
    const [shuffled, ordered] = [
      await start({ training: still }),
      await start({ training: { ...still, shuffle: false } }),
    ];
    const losses = (trainer: Trainer) => [...trainer.advance(5).stepLosses];
    expect(losses(shuffled)).not.toEqual(losses(shuffled));
    expect(losses(ordered)).toEqual(losses(ordered));
  });

  test('ends with a line of the history that counts epochs and steps from 1', async () => {
    const trainer = await start();
    const records = finish(trainer);
    expect(trainer.stepsPerEpoch).toBe(5);
    expect(records.map(({ epoch, step }) => [epoch, step])).toEqual(
      [1, 2, 3, 4, 5, 6].map((epoch) => [epoch, 5 * epoch]),
    );
    expect(Object.keys(records[0] ?? {})).toEqual(['epoch', 'step', 'loss', 'val_loss', 'accuracy', 'val_accuracy']);
  });

  test('has the row-weighted mean of its batch losses as loss', async () => {
    const trainer = await start();
    const { stepLosses, record } = trainer.advance(5);
    const expected = stepLosses.reduce((sum, loss, i) => sum + loss * (i < 4 ? 16 : 6), 0) / 70;
    expect(record?.loss).toBe(expected);
  });

  test('reports the penalty where there is one', async () => {
    const trainer = await start({ training: { regularization: { l2: 0.1 }, epochs: 1 } });
    const [record] = finish(trainer);
    const weights = [...trainer.weights('last')].filter(([key]) => key.includes('weight'));
    const sum = weights.flatMap(([, values]) => [...values]).reduce((total, w) => total + w * w, 0);
    expect(record?.['penalty']).toBeCloseTo((0.1 / 2) * sum, 5); // float32 sums of 300 squares
  });
});

test('slices of any size give the same history and the same weights, bit for bit', async () => {
  const [a, b] = [await start({ dropout: true }), await start({ dropout: true })];
  expect(finish(a, 1)).toEqual(finish(b, 100));
  expect(a.weights('last')).toEqual(b.weights('last'));
});

describe.each([
  ['adam', { type: 'adam', learning_rate: 0.02 }],
  ['sgd with momentum', { type: 'sgd', learning_rate: 0.1, momentum: 0.9 }],
] as const)('a run with %s and dropout', (_, optimizer) => {
  const changes = { dropout: true, training: { optimizer } };

  test.each([0, 1, 7, 10, 23, 29])('goes on after %d steps as if it had never stopped', async (steps) => {
    const whole = await start(changes);
    const expected = finish(whole);
    const first = await start(changes);
    const before = [];
    for (let i = 0; i < steps; i++) {
      const { record } = first.advance(1);
      if (record !== null) before.push(record);
    }
    const best = first.bestCheckpoint();
    const second = await start(changes, { checkpoint: first.checkpoint(), ...(best && { best }) });
    expect([...before, ...finish(second)]).toEqual(expected);
    expect(second.checkpoint()).toEqual(whole.checkpoint());
    expect(second.weights('best')).toEqual(whole.weights('best'));
  });
});

describe('a saved state', () => {
  test('with one changed bit is refused', async () => {
    const bytes = (await start()).checkpoint();
    for (const at of [6, 40, bytes.length - 40, bytes.length - 1]) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      expect(messageOf(() => decodeCheckpoint(damaged))).toMatch(/^saved state: its checksum does not fit/);
    }
    expect(messageOf(() => decodeCheckpoint(Uint8Array.of(1, 2, 3)))).toMatch(/^saved state: expected a checkpoint/);
  });

  test.each([
    ['other training settings', { training: { batch_size: 8 } }, /^saved state: made with another network/],
    ['other data', { data: { noise: 0.2 } }, /^saved state: the data is not what the run was trained on/],
  ])('does not go on with %s', async (_, changes, message) => {
    const checkpoint = (await start()).checkpoint();
    const data = await loadData(documentOf(changes).data, () => Promise.reject(new Error('no file')));
    expect(
      messageOf(() => createTrainer({ document: documentOf(changes), data, backend: 'fast', checkpoint })),
    ).toMatch(message);
  });

  test('does not go on in an engine with other numerics', async () => {
    const checkpoint = (await start()).checkpoint();
    const document = documentOf();
    const data = await loadData(document.data, () => Promise.reject(new Error('no file')));
    expect(messageOf(() => createTrainer({ document, data, backend: 'reference', checkpoint }))).toMatch(
      /^saved state: made by engine netloom-\d+\/fast-\w+, this is netloom-\d+\/reference; /,
    );
  });

  test('of a finished run goes on when more epochs are asked for', async () => {
    const first = await start({ training: { epochs: 2 } });
    finish(first);
    const second = await start({ training: { epochs: 3 } }, { checkpoint: first.checkpoint() });
    expect(finish(second).map(({ epoch }) => epoch)).toEqual([3]);
  });
});

describe('early stopping', () => {
  test('waits for patience epochs without a value better by min_delta', () => {
    const watch = { monitor: 'val_loss', minDelta: 0.1 };
    const values = [1, 0.95, 0.89, 0.9, 0.85];
    let best = NO_BEST;
    const seen = values.map((value, i) => (best = updateBest(best, watch, { value, epoch: i + 1 })));
    expect(seen.map(({ epoch, waited }) => [epoch, waited])).toEqual([
      [1, 0],
      [1, 1],
      [3, 0],
      [3, 1],
      [3, 2],
    ]);
  });

  test('turns round for scores, and takes no NaN for better', () => {
    const watch = { monitor: 'val_accuracy', minDelta: 0 };
    expect(updateBest({ value: 0.5, epoch: 1, waited: 0 }, watch, { value: 0.6, epoch: 2 }).epoch).toBe(2);
    expect(updateBest({ value: 0.5, epoch: 1, waited: 0 }, watch, { value: NaN, epoch: 2 }).epoch).toBe(1);
    expect(updateBest({ value: NaN, epoch: 1, waited: 0 }, watch, { value: 0.1, epoch: 2 }).epoch).toBe(2);
  });

  test('ends the run, says why, and keeps the best weights', async () => {
    const early = { monitor: 'loss', patience: 2, min_delta: 10 };
    const trainer = await start({ training: { early_stopping: early, epochs: 50 } });
    const records = finish(trainer);
    expect([trainer.status, records.length, trainer.bestEpoch]).toEqual(['stopped_early', 3, 1]);
    expect(trainer.advance(1).reason).toBe('loss has not got better for 2 epochs, since epoch 1');
    const first = await start({ training: { early_stopping: early, epochs: 50 } });
    first.advance(5);
    expect(trainer.weights('best')).toEqual(first.weights('last'));
  });
});

describe('divergence', () => {
  // A thousandfold step on linear weights overflows float32 within a few steps.
  const wild = { optimizer: { type: 'sgd', learning_rate: 1e20 }, loss: 'mean_squared_error' };
  const linear = { kind: 'generator', name: 'plane', samples: 100 };

  test('stops in the step it happens, names it and its likely cause, and keeps the last sound state', async () => {
    const document = documentOf({ training: wild, data: linear });
    const nodes = document.graph.nodes.map((node) =>
      node.type === 'dense' ? { ...node, params: { ...node.params, activation: 'linear' } } : node,
    );
    const data = await loadData(document.data, () => Promise.reject(new Error('no file')));
    const trainer = createTrainer({
      document: { ...document, graph: { ...document.graph, nodes } },
      data,
      backend: 'fast',
    });
    const before = trainer.checkpoint();
    let slice = trainer.advance(1);
    for (let i = 0; i < 30 && slice.status === 'ready'; i++) slice = trainer.advance(1);
    expect(slice.status).toBe('diverged');
    expect(slice.reason).toMatch(
      new RegExp(
        `^training stopped at step ${trainer.step + 1}: (the output of [a-z0-9]+ \\([a-z]+, op \\w+\\)|the loss \\(op \\w+\\)|[a-z0-9]+\\.(weight|bias) after the \\w+ update) is not a finite number; the learning rate 100000000000000000000 is likely too large: try a tenth of it$`,
      ),
    );
    expect(trainer.checkpoint()).toEqual(before);
    expect(trainer.advance(5)).toMatchObject({ status: 'diverged', rows: 0 });
  });
});

test('a learning rate set by hand holds from the next step on and survives saving', async () => {
  const trainer = await start({ training: { schedule: { type: 'exponential', gamma: 0.5 } } });
  trainer.advance(5);
  trainer.setLearningRate(0.3);
  expect(trainer.learningRate).toBeCloseTo(0.3, 15);
  const again = await start(
    { training: { schedule: { type: 'exponential', gamma: 0.5 } } },
    { checkpoint: trainer.checkpoint() },
  );
  again.advance(5);
  expect(again.learningRate).toBeCloseTo(0.15, 15);
});

test('data that do not fit the network are refused with the shape to use', async () => {
  const narrow = { data: { name: 'sine' } };
  const document = documentOf(narrow);
  const data = await loadData(document.data, () => Promise.reject(new Error('no file')));
  expect(messageOf(() => createTrainer({ document, data, backend: 'fast' }))).toBe(
    "data: expected 2 values a row to fill the input shape [2], got 1 (x1); change the input's shape to [1]",
  );
});

test('the boundary covers the data with outputs of the network at the centres of its cells', async () => {
  const trainer = await start();
  const { values, xRange, yRange, resolution, outputCount } = inOneGo(trainer.boundary({ resolution: 4, x: 0, y: 1 }));
  expect([values.length, resolution, outputCount]).toEqual([16, 4, 1]);
  expect(xRange[0]).toBeLessThan(-4);
  expect(yRange[1]).toBeGreaterThan(4);
  expect(values.every((value) => value > 0 && value < 1)).toBe(true);
});
