/** Runs beside one another: what differs, and which run is which. */
import { expect, test } from 'vitest';
import type { RunDetail } from '../../../src-core/contract/records.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { commonMetrics, compareTable, settingRows } from '../../../src-renderer/plots/compare-view.ts';
import { HostState } from '../../../src-renderer/state/host.svelte.ts';
import { letterOf, RunsState } from '../../../src-renderer/state/runs.svelte.ts';

function run(id: string, training: object = {}): RunDetail {
  const { document } = twoSpirals;
  return {
    id,
    name: 'Two spirals',
    status: 'done',
    reason: null,
    createdAt: 0,
    updatedAt: 0,
    epoch: 2,
    epochs: 300,
    step: 16,
    bestEpoch: 2,
    last: { epoch: 2, step: 16, loss: 0.5, val_loss: 0.6, accuracy: 0.7, val_accuracy: 0.6 },
    best: null,
    parameterCount: 337,
    notes: '',
    tags: [],
    sparkline: [],
    document: { ...document, training: { ...document.training, ...training } },
  };
}

test('only the settings that differ are listed, and a default stands as a gap', () => {
  const rows = settingRows([run('1'), run('2', { batch_size: 8, seed: 7, gradient_clip: { norm: 1 } })], true);
  expect(rows.map(({ name }) => name)).toEqual(['Batch size', 'Seed', 'Gradient clip']);
  expect(rows.at(-1)?.values).toEqual([null, 'norm 1']);
  expect(settingRows([run('1'), run('2')], true)).toEqual([]);
  expect(settingRows([run('1')], false).map(({ name }) => name)).toContain('Loss');
});

test('metrics are those that all of them have, the held-out loss first', () => {
  const other = { last: { epoch: 1, step: 8, loss: 1, val_loss: 1, mae: 2 } };
  expect(commonMetrics([run('1'), other])).toEqual(['val_loss', 'loss']);
  expect(commonMetrics([run('1')])).toEqual(['val_loss', 'loss', 'val_accuracy', 'accuracy']);
  expect(commonMetrics([run('1'), { last: null }])).toEqual([]);
});

test('a run keeps its colour and letter while others come and go', () => {
  const runs = new RunsState(new HostState());
  for (const id of ['a', 'b', 'c']) runs.compare(id, true);
  runs.compare('b', false);
  expect(runs.compared).toEqual([
    { id: 'a', mark: 0 },
    { id: 'c', mark: 2 },
  ]);
  runs.compare('d', true);
  expect(runs.compared.find(({ id }) => id === 'd')?.mark).toBe(1);
  runs.compare('d', true);
  expect(runs.compared).toHaveLength(3);
  expect([0, 25, 26].map(letterOf)).toEqual(['A', 'Z', 'A1']);
});

test('the table names every point by its run', () => {
  const curve = { epochs: Float64Array.of(1, 2), values: Float64Array.of(0.5, 0.25), count: 2 };
  expect(compareTable([{ id: '1', mark: 1, detail: run('1'), curve }], 'loss').rows).toEqual([
    ['B Two spirals', 1, 0.5],
    ['B Two spirals', 2, 0.25],
  ]);
});
