/** An answer never passes for current when it is not. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Prediction } from '../../../src-core/contract/records.ts';
import { LiveAnswer, type Question } from '../../../src-renderer/plots/live-answer.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const question = (x: number, change: Partial<Question> = {}): Question => ({
  runId: 'run-1',
  which: 'last',
  row: [x],
  moment: 'done 8',
  ...change,
});

/** A network that doubles, asked by hand: answers come when the test says so. */
function scene() {
  const asked: Question[] = [];
  const open: { answer(): void; fail(): void }[] = [];
  const live = new LiveAnswer((next) => {
    asked.push(next);
    const { promise, resolve, reject } = Promise.withResolvers<Prediction>();
    open.push({
      answer: () => resolve({ outputs: [[Number(next.row[0]) * 2]], classes: [], epoch: 1, step: 8 }),
      fail: () => reject(new Error('no such run')),
    });
    return promise;
  });
  const settle = () => vi.advanceTimersByTimeAsync(100);
  return { live, asked, open, settle, output: () => live.answered?.prediction.outputs[0]?.[0] };
}

test('changes that come together are asked about once', async () => {
  const { live, asked, open, settle, output } = scene();
  for (const x of [1, 2, 3]) live.want(question(x));
  await settle();
  expect(asked.map(({ row }) => row)).toEqual([[3]]);
  expect(live.isCurrent).toBe(false);
  open[0]?.answer();
  await settle();
  expect([output(), live.isCurrent]).toEqual([6, true]);
});

test.each([
  ['the row', question(2)],
  ['the choice of weights', question(1, { which: 'best' })],
  ['the run', question(1, { runId: 'run-2' })],
  ['where the run stands', question(1, { moment: 'done 16' })],
])('an answer is no longer current when %s changes, and is asked for again', async (_, changed) => {
  const { live, asked, open, settle } = scene();
  live.want(question(1));
  await settle();
  open[0]?.answer();
  await settle();
  expect(live.isCurrent).toBe(true);
  live.want(changed);
  expect(live.isCurrent).toBe(false);
  await settle();
  open[1]?.answer();
  await settle();
  expect([asked.length, live.isCurrent]).toEqual([2, true]);
});

test('an answer that comes late is not taken for the answer to a newer question', async () => {
  const { live, asked, open, settle, output } = scene();
  live.want(question(1));
  await settle();
  live.want(question(5));
  await settle();
  open[0]?.answer();
  await settle();
  expect([output(), live.isCurrent]).toEqual([2, false]);
  expect(asked.map(({ row }) => row)).toEqual([[1], [5]]);
  open[1]?.answer();
  await settle();
  expect([output(), live.isCurrent]).toEqual([10, true]);
});

test('a run that trains is followed about once a second', async () => {
  const { live, asked, open, settle } = scene();
  live.want(question(1, { moment: null }));
  await settle();
  open[0]?.answer();
  await vi.advanceTimersByTimeAsync(1100);
  expect(asked).toHaveLength(2);
});

test('keeping waits for the answer to what is asked now', async () => {
  const { live, open, settle } = scene();
  live.want(question(1));
  await settle();
  live.want(question(4));
  const kept = live.settled();
  open[0]?.answer();
  await settle();
  open[1]?.answer();
  await settle();
  expect((await kept)?.question.row).toEqual([4]);
});

test('a refusal is said, and forgotten with the next question', async () => {
  const { live, open, settle } = scene();
  live.want(question(1));
  await settle();
  open[0]?.fail();
  await settle();
  expect([live.error, await live.settled()]).toEqual(['no such run', null]);
  live.want(question(2));
  expect(live.error).toBeNull();
});

test('nothing is asked after the end', async () => {
  const { live, asked, settle } = scene();
  live.want(question(1));
  live.close();
  await settle();
  expect(asked).toHaveLength(0);
});
