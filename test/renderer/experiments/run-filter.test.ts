/** Stored runs searched, filtered and put in order. */
import { expect, test } from 'vitest';
import type { RunSummary } from '../../../src-core/contract/records.ts';
import { ALL_RUNS, filterRuns, tagsOf } from '../../../src-renderer/experiments/run-filter.ts';

const run = (id: string, createdAt: number, change: Partial<RunSummary> = {}): RunSummary => ({
  id,
  name: id,
  status: 'done',
  reason: null,
  createdAt,
  updatedAt: createdAt,
  epoch: 1,
  epochs: 1,
  step: 1,
  bestEpoch: null,
  last: null,
  best: null,
  parameterCount: 1,
  notes: '',
  tags: [],
  sparkline: [],
  ...change,
});
const scored = (loss: number, val_loss?: number) => ({
  best: { epoch: 1, step: 1, loss, ...(val_loss === undefined ? {} : { val_loss }) },
});
const runs = [
  run('Spiral 10', 4, { tags: ['deep'], epoch: 5, ...scored(0.1, 0.9) }),
  run('Spiral 9', 3, { notes: 'Deep and narrow', status: 'diverged', reason: 'loss became NaN' }),
  run('moons', 2, { epoch: 7, ...scored(0.3) }),
  run('xor', 1, { status: 'stopped', ...scored(NaN) }),
];
const ids = (query: Partial<typeof ALL_RUNS>): string[] =>
  filterRuns(runs, { ...ALL_RUNS, ...query }).map(({ id }) => id);

test('all words of a search are found in name, notes, tags or reason', () => {
  expect(ids({ search: ' DEEP spiral' })).toEqual(['Spiral 10', 'Spiral 9']);
  expect(ids({ search: 'nan' })).toEqual(['Spiral 9']);
  expect(ids({ search: 'spiral moons' })).toEqual([]);
});

test('a status leaves out the others', () => {
  expect(ids({ status: 'stopped' })).toEqual(['xor']);
});

test('runs are ordered by age, by held-out loss with those without a score last, by name as people count, by length', () => {
  expect(ids({ order: 'oldest' })).toEqual(['xor', 'moons', 'Spiral 9', 'Spiral 10']);
  expect(ids({ order: 'best' })).toEqual(['moons', 'Spiral 10', 'Spiral 9', 'xor']);
  expect(ids({ order: 'name' })).toEqual(['moons', 'Spiral 9', 'Spiral 10', 'xor']);
  expect(ids({ order: 'epochs' })).toEqual(['moons', 'Spiral 10', 'Spiral 9', 'xor']);
});

test('tags are written with commas between them, each once', () => {
  expect(tagsOf(' deep, to keep,,deep ')).toEqual(['deep', 'to keep']);
});
