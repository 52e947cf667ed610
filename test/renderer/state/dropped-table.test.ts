/** Tables dropped on the window. */
import { expect, test } from 'vitest';
import { DroppedTable, isTable } from '../../../src-renderer/state/dropped-table.ts';

const named = (name: string) => new File(['a,b'], name);

test('a table waits for the panel that takes it, once, and later ones go there at once', async () => {
  const dropped = new DroppedTable();
  const taken: string[] = [];
  const take = ({ name }: File) => void taken.push(name);
  dropped.bring(named('first.csv'));
  const end = dropped.receive(take);
  expect(taken).toEqual([]);
  await Promise.resolve();
  dropped.bring(named('second.csv'));
  end();
  dropped.bring(named('third.csv'));
  expect(taken).toEqual(['first.csv', 'second.csv']);
  dropped.receive(take);
  await Promise.resolve();
  expect(taken).toEqual(['first.csv', 'second.csv', 'third.csv']);
});

test('tables are known by their ending', () => {
  expect(['a.CSV', 'b.tsv', 'c.txt', 'd.json', 'csv', 'e.csv.gz'].map(isTable)).toEqual([
    ...[true, true, true],
    ...[false, false, false],
  ]);
});
