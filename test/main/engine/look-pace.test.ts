/** How often and how finely the engine looks into the network. */
import { expect, test } from 'vitest';
import type { NetworkLook } from '../../../src-core/contract/network-look.ts';
import { finish, type Turns } from '../../../src-core/lib/turns.ts';
import type { LookRequest } from '../../../src-core/trainer/define.ts';
import { LookPace } from '../../../src-main/engine/look-pace.ts';

const WATCHED = { nodes: ['h1'], weights: null };

/** A network that takes so long for a row, on a clock of its own. */
function scene(rowMs: number) {
  let now = 0;
  const rows: number[] = [];
  const trainer = {
    *look(request: LookRequest): Turns<NetworkLook> {
      rows.push(request.rows);
      now += request.rows * rowMs;
      yield;
      return { step: 0, phase: null, resolution: 0, nodes: [], tensors: [], unitPage: null };
    },
  };
  const pace = new LookPace(() => now);
  const look = (isRunning: boolean): number => {
    finish(pace.look(trainer, WATCHED, isRunning));
    return rows.at(-1) ?? 0;
  };
  return { pace, look, clock: () => now, wait: (ms: number) => (now += ms) };
}

test('a quick network is looked at in full, ten times a second at most', () => {
  const { pace, look, wait } = scene(0.0005);
  expect(look(true)).toBe(1024);
  expect(pace.isDue).toBe(false);
  wait(100);
  expect(pace.isDue).toBe(true);
});

test('a slow network is looked at with few rows while it trains, with more at rest', () => {
  const { look } = scene(1);
  expect(look(true)).toBe(12);
  expect(look(false)).toBe(50);
});

test('looks take no more than their share of the time', () => {
  const { pace, look, clock, wait } = scene(1);
  look(true);
  let spent = 0;
  const from = clock();
  while (clock() - from < 100_000) {
    if (pace.isDue) {
      const before = clock();
      look(true);
      spent += clock() - before;
    } else wait(1);
  }
  expect(spent / (clock() - from)).toBeGreaterThan(0.008);
  expect(spent / (clock() - from)).toBeLessThanOrEqual(0.01);
});
