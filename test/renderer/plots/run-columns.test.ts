/** Curves of a run whose earlier epochs only the store has. */
import { expect, test } from 'vitest';
import { RunColumns } from '../../../src-renderer/plots/run-columns.ts';
import { historyTable, wholeHistory } from '../../../src-renderer/plots/whole-history.ts';
import { RunHistory } from '../../../src-renderer/state/run-history.svelte.ts';
import { WindowHost } from '../../helpers/window-host.ts';

const record = (epoch: number) => ({ epoch, step: epoch * 4, loss: 1 / epoch, val_loss: 2 / epoch });
const curve = (...epochs: number[]) => ({
  x: Float64Array.from(epochs),
  y: Float64Array.from(epochs, (epoch) => 1 / epoch),
  length: epochs.length,
});
const twice = (...epochs: number[]) => ({ ...curve(...epochs), y: Float64Array.from(epochs, (epoch) => 2 / epoch) });

const curves = {
  records: [record(8), record(9), record(10)],
  past: new Map([
    ['loss', curve(1, 3, 4, 8)],
    ['val_loss', twice(1, 2, 4, 8)],
  ]),
  last: record(10),
  best: record(10),
};

test('the epochs of the store come first, those of the window follow, and none comes twice', () => {
  const columns = new RunColumns();
  columns.sync(curves);
  expect([...Array.from(columns.curve('loss').x)]).toEqual([1, 3, 4, 8, 9, 10]);
});

test('what is read off the curves belongs to one epoch of all of them', () => {
  const columns = new RunColumns();
  columns.sync(curves);
  expect(columns.readout(['loss', 'val_loss'], 2.9)).toEqual({ epoch: 4, values: [1 / 4, 2 / 4] });
  expect(columns.readout(['loss', 'val_loss'], null)).toEqual({ epoch: 10, values: [1 / 10, 2 / 10] });
});

test('the table says how many of all epochs it lists', () => {
  const table = historyTable('Loss', ['loss', 'val_loss'], curves);
  expect(table?.title).toBe('Loss, 7 of 10 epochs');
  expect(table?.rows[1]).toEqual([2, 8, null, 1]);
});

test('the file of a long run has every epoch, read in parts', async () => {
  const asked: (readonly [number, number])[] = [];
  const host = new WindowHost({
    runs: {
      curve: ({ from, to }) => {
        asked.push([from, to]);
        const epochs = Float64Array.from({ length: to - from + 1 }, (_, i) => from + i);
        return { epochs, values: epochs.map((epoch) => 1 / epoch), count: epochs.length };
      },
    },
  });
  const history = new RunHistory();
  const last = { epoch: 20_000, step: 20_000, loss: 1 / 20_000 };
  history.take({ epoch: 20_000, last, best: last }, []);
  history.add([{ epoch: 20_001, step: 20_001, loss: 0 }]);
  const table = await wholeHistory(host.connect(), 'run-1', { title: 'Loss', metrics: ['loss', 'val_loss'], history });
  expect([table?.title, table?.columns, table?.rows.length]).toEqual(['Loss', ['epoch', 'step', 'loss'], 20_001]);
  expect(asked).toEqual([
    [1, 16_382],
    [16_383, 20_000],
  ]);
});
