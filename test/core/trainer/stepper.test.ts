/** A step taken phase by phase: what it shows, and that it leaves the run as it is. */
import { expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { finish } from '../../../src-core/lib/turns.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { firstBatchGradients } from '../../../src-core/trainer/gradients.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';
import { messageOf } from '../../helpers/message-of.ts';

const base = twoSpirals.document;
const document: ProjectDocument = {
  ...base,
  data: { ...base.data, samples: 100 },
  training: { ...base.training, batch_size: 16, epochs: 3, shuffle: false },
};
/** With everything that is random in a step. */
const noisy: ProjectDocument = {
  ...document,
  graph: {
    nodes: document.graph.nodes.map((node) =>
      node.id === 'h2' ? { id: 'h2', type: 'dropout', params: { rate: 0.5 } } : node,
    ),
    edges: document.graph.edges,
  },
  training: { ...document.training, shuffle: true },
};
const REQUEST = { nodes: ['in', 'h1', 'h2', 'out', 'y'], weights: 'h1', rows: 64, turnRows: 64 };

async function start(of: ProjectDocument) {
  const data = await loadData(of.data, () => Promise.reject(new Error('no file')));
  return { data, trainer: createTrainer({ document: of, data, backend: 'fast' }) };
}

const lengthOf = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));

test('forward, backward and update bring their numbers one after the other', async () => {
  const { trainer } = await start(document);
  const seen = [];
  for (const go of [() => trainer.prepareStep(), () => trainer.prepareStep(), () => trainer.advance(1)]) {
    go();
    const { phase } = finish(trainer.look(REQUEST));
    const h1 = phase?.nodes.find(({ node }) => node === 'h1');
    const weight = phase?.tensors.find(({ key }) => key === 'h1.weight');
    seen.push({
      phase: phase?.phase,
      step: phase?.step,
      rows: phase?.rows,
      node: [h1?.output, h1?.gradient, h1?.tensorGradient, h1?.change].map((value) => typeof value === 'number'),
      tensor: [weight?.gradient?.length, weight?.change?.length],
      rowGradients: phase?.firstRows?.gradients?.length,
    });
  }
  const common = { step: 1, rows: 16 };
  expect(seen).toEqual(
    [
      { phase: 'forward', ...common, node: [true, false, false, false], tensor: [], rowGradients: undefined },
      { phase: 'backward', ...common, node: [true, true, true, false], tensor: [32], rowGradients: 8 * 16 },
      { phase: 'update', ...common, node: [true, true, true, true], tensor: [32, 32], rowGradients: 8 * 16 },
    ].map((line) => ({ ...line, tensor: [line.tensor[0], line.tensor[1]] })),
  );
});

test('loss and gradients are those of the first batch in float64', async () => {
  const { trainer, data } = await start(document);
  const weights = { values: trainer.weights('last'), shapes: new Map() };
  const { loss, gradients } = firstBatchGradients(document, data, weights);
  trainer.prepareStep();
  trainer.prepareStep();
  const { phase } = finish(trainer.look(REQUEST));
  // float32 against float64 over sums of 16 rows
  expect(phase?.loss).toBeCloseTo(loss, 5);
  const exact = gradients.get('h1.weight')?.values ?? new Float64Array();
  for (const [i, value] of (phase?.tensors.find(({ key }) => key === 'h1.weight')?.gradient ?? []).entries())
    expect(value).toBeCloseTo(exact[i] ?? NaN, 6);
  const all = [...exact, ...(gradients.get('h1.bias')?.values ?? [])];
  expect(phase?.nodes.find(({ node }) => node === 'h1')?.tensorGradient).toBeCloseTo(lengthOf(all), 5);
});

test('the change is what the weights became less what they were', async () => {
  const { trainer } = await start(document);
  const before = trainer.weights('last').get('h1.weight') ?? [];
  trainer.prepareStep();
  trainer.advance(1);
  const after = trainer.weights('last').get('h1.weight') ?? [];
  const { change } = finish(trainer.look(REQUEST)).phase?.tensors.find(({ key }) => key === 'h1.weight') ?? {};
  expect([...(change ?? [])]).toEqual(Array.from(after, (value, i) => Math.fround(value - (before[i] ?? NaN))));
});

test('a step that was looked at phase by phase changes nothing: the run ends with the same bytes', async () => {
  const [{ trainer: watched }, { trainer: alone }] = [await start(noisy), await start(noisy)];
  while (watched.status === 'ready') {
    watched.prepareStep();
    watched.look(REQUEST);
    watched.prepareStep();
    watched.advance(1);
  }
  while (alone.status === 'ready') alone.advance(4);
  expect(watched.checkpoint()).toEqual(alone.checkpoint());
});

test('the loss shown before the step is the loss of the step, dropout included', async () => {
  const { trainer } = await start(noisy);
  for (let step = 0; step < 9; step++) {
    trainer.prepareStep();
    const { loss } = finish(trainer.look(REQUEST)).phase ?? {};
    expect(trainer.advance(1).stepLosses[0]).toBeCloseTo(loss ?? NaN, 6); // float32, perhaps in another order
  }
});

test('whole steps put the phases away', async () => {
  const { trainer } = await start(document);
  trainer.prepareStep();
  trainer.advance(2);
  expect([trainer.phase, finish(trainer.look(REQUEST)).phase]).toEqual([null, null]);
});

test('a method that follows no gradient of a batch has no phases, and says so', async () => {
  const { trainer } = await start({ ...document, training: { ...document.training, method: 'hill_climbing' } });
  expect(messageOf(() => trainer.prepareStep())).toContain(
    'expected gradient to step phase by phase, got hill_climbing',
  );
});
