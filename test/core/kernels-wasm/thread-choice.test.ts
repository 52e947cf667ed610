/** Threads that other programs keep from running are left out, and come back when they are worth it again. */
import { expect, test } from 'vitest';
import { ThreadChoice } from '../../../src-core/kernels/wasm/thread-choice.ts';

/** Runs jobs that take `alone` or `together` a piece; answers with the share of the time above the better way, and of jobs together. */
function jobs(choice: ThreadChoice, count: number, alone: number, together: number) {
  let [time, shared] = [0, 0];
  for (let i = 0; i < count; i++) {
    const threads = choice.next();
    const pieces = 1 + (i % 3);
    choice.took(threads, (threads === 1 ? alone : together) * pieces, pieces);
    time += threads === 1 ? alone : together;
    if (threads > 1) shared++;
  }
  return { excess: time / (count * Math.min(alone, together)) - 1, shared: shared / count };
}

test('one thread stays one', () => {
  expect(jobs(new ThreadChoice(1), 10, 1, 0.5).shared).toBe(0);
});

test('threads that help are used, and trying without them costs little', () => {
  const choice = new ThreadChoice(2);
  jobs(choice, 10, 1, 0.55);
  const { excess, shared } = jobs(choice, 10_000, 1, 0.55);
  expect(shared).toBeGreaterThan(0.9);
  expect(excess).toBeLessThan(0.025);
});

test('threads that cost ten times what they bring are left out, and trying them costs little', () => {
  const choice = new ThreadChoice(4);
  jobs(choice, 10, 1, 10);
  const { excess, shared } = jobs(choice, 10_000, 1, 10);
  expect(shared).toBeLessThan(0.01);
  expect(excess).toBeLessThan(0.03);
});

test('a machine that gets busy, and quiet again, is noticed', () => {
  const choice = new ThreadChoice(2);
  expect(jobs(choice, 200, 1, 0.55).shared).toBeGreaterThan(0.9);
  expect(jobs(choice, 200, 1, 3).shared).toBeLessThan(0.1);
  expect(jobs(choice, 2000, 1, 0.55).shared).toBeGreaterThan(0.8);
});

test('threads that change nothing are left to others', () => {
  const choice = new ThreadChoice(2);
  jobs(choice, 10, 1, 1);
  expect(jobs(choice, 1000, 1, 1).shared).toBeLessThan(0.2);
});
