/** What a run in the engine tells of itself, and when. */
import { expect, onTestFinished, test, vi } from 'vitest';
import type { EngineEvents } from '../../../src-core/contract/engine.ts';
import { loadData } from '../../../src-core/datasets/load.ts';
import { Probe } from '../../../src-core/trainer/probe.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';
import { ActiveRun } from '../../../src-main/engine/active-run.ts';
import { recipe } from '../services/helpers.ts';

interface Told {
  readonly name: keyof EngineEvents;
  /** By the clock of the run, which goes on by a millisecond at every look. */
  readonly ms: number;
  readonly epochs: readonly number[];
}

/** A run of so many epochs, trained to its end. */
async function toldBy(epochs: number): Promise<readonly Told[]> {
  const document = recipe({ epochs });
  const data = await loadData(document.data, () => Promise.reject(new Error('no file is named')));
  const told: Told[] = [];
  let ms = 0;
  const run = new ActiveRun({
    ...{ runId: 'r', view: null, kinds: [], watched: null, epochsPerSecond: null },
    trainer: createTrainer({ document, data, backend: 'fast' }),
    openProbe: () => new Probe(document, data),
    emit: (name, payload) => {
      const records = 'records' in payload ? payload.records : [];
      told.push({ name, ms, epochs: records.map(({ epoch }) => epoch) });
    },
    working: (work) => work(),
    backlog: () => 0,
    now: () => ms++,
  });
  onTestFinished(() => run.dispose());
  run.begin(false);
  await vi.waitFor(() => expect(told.at(-1)?.name).toBe('ended'), { interval: 1, timeout: 10_000 });
  return told;
}

test('the first epoch is told and shown as soon as it has ended, those after it ten times a second', async () => {
  const told = await toldBy(400);
  const ofEpochs = told.filter(({ name }) => name === 'epoch');
  const [first, second, third] = ofEpochs;
  expect(first?.epochs).toContain(1);
  expect(first?.ms).toBeLessThan(50);
  expect(told[told.findIndex((each) => each === first) + 1]?.name).toBe('progress');
  expect((third?.ms ?? 0) - (second?.ms ?? 0)).toBeGreaterThanOrEqual(100);
  expect(ofEpochs.flatMap(({ epochs }) => epochs)).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
});
