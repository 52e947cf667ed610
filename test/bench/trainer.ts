/**
 * What a run costs beside its steps: the same epochs as bare steps of the network (a call for each epoch), through the trainer
 * (order, evaluation, history, saved states) and through a real engine process (slices, messages, checkpoints), in turns. W1's
 * network is the hardest case: an epoch of its steps takes microseconds. One JSON line each:
 *   node test/bench/trainer.ts [--rounds 9]
 */
import { parseArgs } from 'node:util';
import { loadData } from '../../src-core/datasets/load.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { createNetwork } from '../../src-core/runtime/network.ts';
import { createTrainer } from '../../src-core/trainer/trainer.ts';
import { readerOf } from '../../src-main/engine/data-access.ts';
import { sleep, startArgs, startEngine } from './engine-here.ts';
import { nets } from './turn-nets.ts';

const ROUND_MS = 300;
const SEED = 7;
const BATCH = 10;
const { values } = parseArgs({ options: { rounds: { type: 'string' } } });
const rounds = Number(values.rounds ?? 9);

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
const digits = (value: number) => Number(value.toPrecision(3));

/** W1 (2-8-8-1, batch 10, SGD) as a document; the second has as many rows held back for validation. */
const [w1, w1Held] = [0, 0.5].map((fraction): ProjectDocument => {
  const { document } = nets.small;
  const optimizer = { type: 'sgd', learning_rate: 0.03 };
  const data = { ...document.data, samples: fraction === 0 ? 250 : 500, validation: { fraction } };
  const training = { ...document.training, optimizer, batch_size: BATCH, epochs: 10_000_000 };
  return { ...document, data, training };
}) as [ProjectDocument, ProjectDocument];

/** Does epochs for so many milliseconds; answers with epochs a second. */
function rateOf(epoch: () => void, ms: number): number {
  const from = performance.now();
  let epochs = 0;
  let now = from;
  for (; now - from < ms; now = performance.now()) {
    epoch();
    epochs++;
  }
  return (epochs / (now - from)) * 1000;
}

async function measure(name: string, document: ProjectDocument): Promise<void> {
  const data = await loadData(document.data, readerOf({ folder: import.meta.dirname, isOpen: false }), {
    outputs: () => 1,
  });
  const { count } = data.training;
  const { graph, training } = document;
  const network = createNetwork({ graph, training, backend: 'fast', batchSize: BATCH });
  network.initialize(SEED);
  network.bind(data.training);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const steps = Math.ceil(count / BATCH);
  let stepsBefore = 0;
  const bare = () => {
    network.train({ order, from: 0, steps, stepsBefore, learningRate: 0.03 });
    stepsBefore += steps;
  };
  const trainer = createTrainer({ document, data, backend: 'fast' });
  const whole = () => {
    while (trainer.advance(steps).record === null);
  };
  const { engine, stop } = await startEngine();
  const seen = { step: 0, at: 0 };
  engine.on('progress', ({ step }) => Object.assign(seen, { step, at: performance.now() }));
  await engine.start({ ...startArgs(name, document), paused: true });
  const served = async () => {
    await engine.continue({});
    await sleep(ROUND_MS / 3);
    const from = { ...seen };
    await sleep(ROUND_MS);
    const rate = ((seen.step - from.step) / steps / (seen.at - from.at)) * 1000;
    await engine.pause({});
    return rate;
  };
  const rates: Record<'bare' | 'trainer' | 'engine', number[]> = { bare: [], trainer: [], engine: [] };
  for (let round = -1; round < rounds; round++) {
    const one = { bare: rateOf(bare, ROUND_MS), trainer: rateOf(whole, ROUND_MS), engine: await served() };
    if (round >= 0) for (const way of ['bare', 'trainer', 'engine'] as const) rates[way].push(one[way]);
  }
  stop();
  network.dispose();
  trainer.dispose();
  const share = (way: 'trainer' | 'engine') => median(rates[way].map((rate, i) => rate / (rates.bare[i] ?? NaN)));
  const line = {
    ...{ run: name, rows: count, steps },
    bare_epochs_per_s: digits(median(rates.bare)),
    trainer_epochs_per_s: digits(median(rates.trainer)),
    engine_epochs_per_s: digits(median(rates.engine)),
    trainer_share: digits(share('trainer')),
    engine_share: digits(share('engine')),
  };
  console.log(JSON.stringify(line));
}

await measure('W1', w1);
await measure('W1, 250 rows held back', w1Held);
