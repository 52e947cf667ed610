/** Threads that other programs keep from running are left out, and come back when they are worth it again. */
import { expect, test } from 'vitest';
import { Portions } from '../../../src-core/kernels/wasm/portions.ts';
import { ThreadChoice } from '../../../src-core/kernels/wasm/thread-choice.ts';

/** Does that many calls of one to three pieces, which take `alone` or `together` milliseconds; answers with the share of the time above the better way, and of pieces together. */
function calls(choice: ThreadChoice, count: number, alone: number, together: number) {
  let [time, pieces, shared] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const portion = choice.next(1 + (i % 3));
    const took = (portion.threads === 1 ? alone : together) * portion.pieces;
    choice.took(portion, took);
    time += took;
    pieces += portion.pieces;
    if (portion.threads > 1) shared += portion.pieces;
  }
  return { excess: time / (pieces * Math.min(alone, together)) - 1, shared: shared / pieces };
}

test('one thread stays one', () => {
  expect(calls(new ThreadChoice(1), 10, 1, 0.5).shared).toBe(0);
});

test('threads that help are used, and trying without them costs little', () => {
  const choice = new ThreadChoice(2);
  calls(choice, 10, 1, 0.55);
  const { excess, shared } = calls(choice, 10_000, 1, 0.55);
  expect(shared).toBeGreaterThan(0.99);
  expect(excess).toBeLessThan(0.005);
});

test('threads that cost ten times what they bring are left out, and trying them costs little', () => {
  const choice = new ThreadChoice(4);
  calls(choice, 10, 1, 10);
  const { excess, shared } = calls(choice, 10_000, 1, 10);
  expect(shared).toBeLessThan(0.01);
  expect(excess).toBeLessThan(0.03);
});

test('a machine that gets busy, and quiet again, is noticed', () => {
  const choice = new ThreadChoice(2);
  expect(calls(choice, 200, 1, 0.55).shared).toBeGreaterThan(0.9);
  expect(calls(choice, 200, 1, 3).shared).toBeLessThan(0.1);
  expect(calls(choice, 2000, 1, 0.55).shared).toBeGreaterThan(0.8);
});

test('threads that change nothing are left to others', () => {
  const choice = new ThreadChoice(2);
  calls(choice, 1000, 1, 1); // the first try lasts about a second
  expect(calls(choice, 1000, 1, 1).shared).toBeLessThan(0.2);
});

test('threads that the system keeps on one core for a second are given that second', () => {
  const choice = new ThreadChoice(2);
  let time = 0;
  while (time < 4000) {
    const portion = choice.next(1000);
    const each = portion.threads === 1 ? 1 : time < 900 ? 1.4 : 0.55;
    time += each * portion.pieces;
    choice.took(portion, each * portion.pieces);
  }
  expect(calls(choice, 100, 1, 0.55).shared).toBeGreaterThan(0.9);
});

test('a first time that was slow for being the first does not count against the threads', () => {
  const choice = new ThreadChoice(2);
  const first = choice.next(1);
  choice.took(first, 50);
  expect(first.threads).toBe(2);
  expect(calls(choice, 100, 1, 0.55).shared).toBeGreaterThan(0.9);
});

/** Work whose pieces take milliseconds of a clock that stands still otherwise. */
function clockwork(threads: number, areReady = () => true) {
  let time = 0;
  const portions = new Portions({ threads, now: () => time, areReady });
  const run = (pieces: number, eachMs: (threads: number) => number, isWhole = false) => {
    const from = time;
    const done: (readonly [from: number, threads: number, pieces: number])[] = [];
    portions.run(pieces, isWhole, (portion, first) => {
      done.push([first, portion.threads, portion.pieces]);
      time += eachMs(portion.threads) * portion.pieces;
      return portion.pieces;
    });
    return { done, ms: time - from };
  };
  return run;
}

test('one long call finds out by itself that threads help, and what they were slow at first', () => {
  const run = clockwork(2);
  run(1, () => 30);
  expect(run(1000, (threads) => 2 / threads).ms).toBeLessThan(1.05 * 1000);
});

test('one long call notices that the machine got busy, and notices it soon', () => {
  const run = clockwork(2);
  run(1000, (threads) => 2 / threads);
  expect(run(1000, (threads) => 2 * threads).ms).toBeLessThan(1.1 * 2000);
});

test('the portions of a call are all of its pieces, in order', () => {
  const { done } = clockwork(2)(100, () => 1);
  const ends = done.map(([from, , pieces]) => from + pieces);
  expect(done.map(([from]) => from)).toEqual([0, ...ends.slice(0, -1)]);
  expect(ends.at(-1)).toBe(100);
});

test('work that cannot be cut is one portion', () => {
  expect(clockwork(2)(100, () => 1, true).done).toEqual([[0, 2, 100]]);
});

test('what stops early is not gone on with', () => {
  const portions = new Portions({ threads: 2, now: () => 0, areReady: () => true });
  const seen: number[] = [];
  const done = portions.run(10, false, (_portion, first) => (seen.push(first) < 3 ? 1 : 0));
  expect({ done, seen }).toEqual({ done: 2, seen: [0, 1, 2] });
});

test('until all threads are there, the first one goes on alone', () => {
  let isReady = false;
  const run = clockwork(2, () => isReady);
  expect(run(50, () => 1).done.every(([, threads]) => threads === 1)).toBe(true);
  isReady = true;
  expect(run(50, (threads) => 2 / threads).done.some(([, threads]) => threads === 2)).toBe(true);
});
