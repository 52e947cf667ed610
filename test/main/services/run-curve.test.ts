/** A curve crosses as a few hundred points, and keeps what the eye would see. */
import { expect, test } from 'vitest';
import { CurveSampler, readCurve } from '../../../src-main/services/run-curve.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { tempFolder } from '../store/helpers.ts';
import { recipe } from './recipe.ts';
import { join } from 'node:path';

test('of a million epochs every part keeps its first, lowest, highest and last', () => {
  const sampler = new CurveSampler([1, 1_000_001], 300);
  for (let epoch = 1; epoch <= 1_000_000; epoch++) {
    sampler.push(epoch, epoch === 765_432 ? 50 : epoch === 765_500 ? -50 : 1);
  }
  const { epochs, values, count } = sampler.finish();
  expect(count).toBe(1_000_000);
  expect(epochs.length).toBeLessThanOrEqual(1200);
  expect(values[epochs.indexOf(765_432)]).toBe(50);
  expect(values[epochs.indexOf(765_500)]).toBe(-50);
  expect([epochs[0], epochs.at(-1)]).toEqual([1, 1_000_000]);
  expect(epochs.every((epoch, i) => i === 0 || epoch > (epochs[i - 1] ?? epoch))).toBe(true);
});

test('a short curve is whole, and what is not finite stays a gap', () => {
  const sampler = new CurveSampler([1, 5], 10);
  [0.5, NaN, 0.25, Infinity].forEach((value, i) => sampler.push(i + 1, value));
  expect([...sampler.finish().values]).toEqual([0.5, NaN, 0.25, Infinity]);
});

test('a part of a stored curve is read in all its detail', async () => {
  const store = openStore({ file: join(tempFolder(), 'netloom.sqlite') });
  const id = store.createRun({ document: recipe(), folder: '/', epochs: 9000, shell: 'cli', status: 'running' });
  const records = Array.from({ length: 9000 }, (_, i) => ({
    epoch: i + 1,
    step: i + 1,
    loss: i === 4321 ? 99 : 1,
    val_loss: i,
  }));
  store.appendRecords(id, records, null);
  const whole = await readCurve(store, id, { metric: 'loss', from: 0, to: 1e9, buckets: 50 });
  expect(whole.count).toBe(9000);
  expect(whole.epochs.length).toBeLessThanOrEqual(200);
  expect(whole.values[whole.epochs.indexOf(4322)]).toBe(99);
  const part = await readCurve(store, id, { metric: 'val_loss', from: 4300, to: 4349, buckets: 50 });
  expect([...part.epochs]).toEqual(Array.from({ length: 50 }, (_, i) => 4300 + i));
  expect(part.values[0]).toBe(4299);
  expect((await readCurve(store, id, { metric: 'accuracy', from: 0, to: 10, buckets: 50 })).count).toBe(0);
  store.close();
});

test('a quick curve has one epoch of every part and the last one', async () => {
  const store = openStore({ file: join(tempFolder(), 'netloom.sqlite') });
  const id = store.createRun({ document: recipe(), folder: '/', epochs: 9000, shell: 'cli', status: 'running' });
  const records = Array.from({ length: 9000 }, (_, i) => ({ epoch: i + 1, step: i + 1, loss: 1 / (i + 1) }));
  store.appendRecords(id, records, null);
  const { epochs, values, count } = await readCurve(store, id, {
    metric: 'loss',
    from: 0,
    to: 1e9,
    buckets: 4,
    isQuick: true,
  });
  expect([...epochs]).toEqual([1, 2251, 4501, 6751, 9000]);
  expect([...values]).toEqual([1, 1 / 2251, 1 / 4501, 1 / 6751, 1 / 9000]);
  expect(count).toBe(9000);
  store.close();
});
