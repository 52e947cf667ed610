/** A run while the store takes nothing: who waits goes on, and nobody else does. */
import { expect, test } from 'vitest';
import { AppError } from '../../../src-core/lib/errors.ts';
import { StoreStall } from '../../../src-main/services/store-stall.ts';

function startStall(): {
  readonly stall: StoreStall;
  readonly run: { isRunning: boolean | null };
  readonly log: string[];
} {
  const log: string[] = [];
  const run: { isRunning: boolean | null } = { isRunning: true };
  const stall = new StoreStall({
    isRunning: () => run.isRunning,
    pause: () => log.push('pause'),
    goOn: () => log.push('go on'),
  });
  return { stall, run, log };
}

const full = new AppError('host.store_full', { file: 'runs.db' });

test('a run that trains waits and goes on, and nothing can be started meanwhile', () => {
  const { stall, log } = startStall();
  stall.begin(full);
  expect([log, stall.reason]).toEqual([['pause'], full.message]);
  expect(() => stall.refuse()).toThrow(full);
  stall.end();
  expect([log, stall.reason]).toEqual([['pause', 'go on'], null]);
});

test('what rests is left at rest, also after a run that had gone on', () => {
  const { stall, run, log } = startStall();
  stall.begin(full);
  stall.end();
  log.length = 0;
  run.isRunning = null; // none when the store stops taking anything; one that rests is begun meanwhile
  stall.begin(full);
  run.isRunning = false;
  stall.end();
  expect(log).toEqual([]);
});
