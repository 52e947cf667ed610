/** The history of the window's run keeps within bounds, however long it gets. */
import { expect, test } from 'vitest';
import { MOST_KEPT, RunHistory } from '../../../src-renderer/state/run-history.svelte.ts';

const record = (epoch: number, loss = 1 / epoch) => ({ epoch, step: epoch, loss });

test('of very many epochs the older ones are left to the store, and the best of all is kept', () => {
  const history = new RunHistory();
  history.add([record(1, 1e-9)]);
  for (let epoch = 2; epoch <= MOST_KEPT + 1; epoch++) history.add([record(epoch)]);
  expect(history.storedTo).toBe(MOST_KEPT / 2);
  expect(history.records[0]?.epoch).toBe(MOST_KEPT / 2 + 1);
  expect([history.best?.epoch, history.last?.epoch]).toEqual([1, MOST_KEPT + 1]);
});

test('epochs that come twice are taken once', () => {
  const history = new RunHistory();
  history.add([record(1), record(2)]);
  history.add([record(2), record(3)]);
  expect(history.records.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
});

test('what came while a stored history was read follows it', () => {
  const history = new RunHistory();
  history.add([record(3)]);
  history.take({ epoch: 2, last: record(2), best: record(2) }, [record(1), record(2)]);
  expect(history.records.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(history.last?.epoch).toBe(3);
});
