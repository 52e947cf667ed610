/** Paces of a run: as many steps as were asked for, evenly, and none caught up later. */
import { expect, test } from 'vitest';
import { Throttle } from '../../../src-main/engine/throttle.ts';

/** Takes what it may until `ms` have passed; the times of the steps. */
function stepsIn(ms: number, epochsPerSecond: number | null, stepsPerEpoch = 10, slowUntil = 0): number[] {
  let now = 0;
  const throttle = new Throttle(stepsPerEpoch, () => now);
  throttle.set(epochsPerSecond);
  const times: number[] = [];
  if (slowUntil > 0) {
    throttle.took(1);
    times.push(now);
    now = slowUntil;
  }
  while (now < ms) {
    const { allowance } = throttle;
    for (let i = 0; i < allowance; i++) times.push(now);
    throttle.took(allowance);
    now += throttle.waitMs;
  }
  return times;
}

test('two epochs a second of ten steps are twenty steps, fifty milliseconds apart', () => {
  const times = stepsIn(1000, 2);
  expect(times).toHaveLength(20);
  expect(times.slice(0, 4).map(Math.round)).toEqual([0, 50, 100, 150]);
});

test('a pace faster than timers takes several steps at once and still keeps its mean', () => {
  expect(stepsIn(1000, 500).length / 5000).toBeCloseTo(1, 1);
});

test('full speed allows everything', () => {
  expect(new Throttle(10, () => 0).allowance).toBe(Infinity);
});

test('what a slow machine missed is not caught up in a rush', () => {
  const times = stepsIn(3000, 2, 10, 2000);
  expect(times.filter((time) => time >= 2000 && time < 2500).length).toBeLessThanOrEqual(10 + 2);
});
