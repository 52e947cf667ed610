/** A window that cannot keep up loses moments, never history. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeProgress } from '../../src-core/contract/merge-progress.ts';
import type { EpochRecord, Progress } from '../../src-core/contract/records.ts';

const progress = (change: Partial<Progress> = {}): Progress => ({
  runId: 'a',
  status: 'running',
  reason: null,
  epoch: 1,
  epochs: 300,
  step: 8,
  stepsPerEpoch: 8,
  learningRate: 0.02,
  samplesPerSecond: 1_000,
  etaSeconds: 3,
  stepLosses: new Float64Array(0),
  records: [],
  boundary: null,
  confusion: null,
  insights: null,
  network: null,
  saving: false,
  ...change,
});
const record = (epoch: number): EpochRecord => ({ epoch, step: epoch * 8, loss: 1 / epoch });
const grid = (value: number): Progress['boundary'] => ({
  resolution: 1,
  x: 0,
  y: 1,
  xRange: [0, 1],
  yRange: [0, 1],
  outputCount: 1,
  values: new Float32Array([value]),
});

it('says what the newer one says, with the epochs of both in order', () => {
  const older = progress({ records: [record(1)] });
  const newer = progress({ status: 'done', epoch: 3, step: 24, records: [record(2), record(3)] });
  expect(mergeProgress(older, newer)).toStrictEqual({ ...newer, records: [record(1), record(2), record(3)] });
});

it('keeps the newest map there is', () => {
  const [first, second] = [grid(1), grid(2)];
  expect(mergeProgress(progress({ boundary: first }), progress())?.boundary).toBe(first);
  expect(mergeProgress(progress({ boundary: first }), progress({ boundary: second }))?.boundary).toBe(second);
  const confusion = new Float64Array([1, 0, 0, 1]);
  expect(mergeProgress(progress({ confusion }), progress())?.confusion).toBe(confusion);
  const insights = { step: 8, weights: [], gradients: null, activations: null, fit: null };
  expect(mergeProgress(progress({ insights }), progress())?.insights).toBe(insights);
  const network = { step: 8, phase: null, resolution: 0, nodes: [], tensors: [], unitPage: null };
  expect(mergeProgress(progress({ network }), progress())?.network).toBe(network);
});

it('refuses to mix two runs', () => {
  expect(mergeProgress(progress(), progress({ runId: 'b' }))).toBeNull();
});

it('joins step losses as they are while they fit', () => {
  const merged = mergeProgress(
    progress({ stepLosses: new Float64Array([1, 0.5, 2, 0.4]) }),
    progress({ stepLosses: new Float64Array([3, 0.3]) }),
  );
  expect(merged?.stepLosses).toStrictEqual(new Float64Array([1, 0.5, 2, 0.4, 3, 0.3]));
});

it('thins step losses by the mean of neighbours, each at the step of the last of them', () => {
  const pairs = (from: number, count: number): Float64Array =>
    Float64Array.from({ length: count * 2 }, (_x, i) => (i % 2 === 0 ? from + i / 2 : from + (i - 1) / 2));
  const merged = mergeProgress(
    progress({ stepLosses: pairs(1, 64) }),
    progress({ stepLosses: pairs(65, 64) }),
  )?.stepLosses;
  expect(merged).toStrictEqual(Float64Array.from({ length: 128 }, (_x, i) => (i % 2 === 0 ? i + 2 : i + 0.5)));
});

it('never carries more than 64 losses, however many events merge, and ends with the last step', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 64 }), { minLength: 2, maxLength: 30 }), (counts) => {
      let step = 0;
      const events = counts.map((count) =>
        progress({ stepLosses: Float64Array.from({ length: count * 2 }, (_x, i) => (i % 2 === 0 ? ++step : 0.5)) }),
      );
      const merged = events.reduce((older, newer) => mergeProgress(older, newer) ?? newer);
      expect(merged.stepLosses.length).toBeLessThanOrEqual(128);
      if (step > 0) expect([merged.stepLosses.at(-2), merged.stepLosses.at(-1)]).toStrictEqual([step, 0.5]);
    }),
  );
});
