/** How a state leaves the engine, and the figures that go to the eye. */
import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { CheckpointPart } from '../../../src-core/contract/engine.ts';
import type { BoundaryGrid } from '../../../src-core/contract/records.ts';
import { loadData } from '../../../src-core/datasets/load.ts';
import { finish, type Turns } from '../../../src-core/lib/turns.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';
import type { Trainer } from '../../../src-core/trainer/define.ts';
import { BoundaryPace, type BoundaryView } from '../../../src-main/engine/boundary-pace.ts';
import { Jobs } from '../../../src-main/engine/jobs.ts';
import { Extra, Pace } from '../../../src-main/engine/pace.ts';
import { Saver } from '../../../src-main/engine/saver.ts';
import { StepLosses } from '../../../src-main/engine/step-losses.ts';
import { recipe } from '../services/helpers.ts';

/** A network large enough that its state goes in several pieces. */
async function trainerOf(units: number): Promise<Trainer> {
  const document = recipe({ units, samples: 40 });
  const data = await loadData(document.data, () => Promise.reject(new Error('no file is named')));
  return createTrainer({ document, data, backend: 'fast' });
}

interface Saving {
  readonly trainer: Trainer;
  readonly saver: Saver;
  readonly jobs: Jobs;
  readonly parts: CheckpointPart[];
  readonly clock: { ms: number };
}

async function startSaving(units: number): Promise<Saving> {
  const trainer = await trainerOf(units);
  const parts: CheckpointPart[] = [];
  const clock = { ms: 0 };
  const now = (): number => clock.ms;
  const jobs = new Jobs(now);
  const send = (part: CheckpointPart): void => void parts.push(part);
  const saver = new Saver({ runId: 'r', trainer, jobs, send, backlog: () => 0, onSaved: () => undefined, now });
  onTestFinished(() => saver.dispose());
  return { trainer, saver, jobs, parts, clock };
}

const joined = (parts: readonly CheckpointPart[], kind: string): Buffer =>
  Buffer.concat(parts.filter((part) => part.kind === kind).map(({ bytes }) => bytes));

test('best and last go in pieces, and only the very last piece makes them count', async () => {
  const { trainer, saver, parts } = await startSaving(30_000);
  while (trainer.epoch < 1) trainer.advance(100);
  saver.flush();
  const pieces = parts.filter(({ kind }) => kind === 'best').length;
  expect(pieces).toBeGreaterThan(1);
  expect(parts.map(({ kind }) => kind)).toEqual([...Array(pieces).fill('best'), ...Array(pieces).fill('last')]);
  expect(parts.map(({ isComplete }) => isComplete)).toEqual([...Array(2 * pieces - 1).fill(false), true]);
  expect(joined(parts, 'last')).toEqual(Buffer.from(trainer.checkpoint()));
  expect(joined(parts, 'best')).toEqual(Buffer.from(trainer.bestCheckpoint() ?? []));
  for (const { kind, sha256, size } of parts) {
    expect(sha256).toBe(createHash('sha256').update(joined(parts, kind)).digest('hex'));
    expect(size).toBe(joined(parts, kind).length);
  }
});

test('steps may go on while a state at the end of an epoch is saved, and not while one in the middle is', async () => {
  const { trainer, saver, jobs, parts } = await startSaving(4);
  while (trainer.epoch < 1) trainer.advance(100);
  const atEnd = trainer.checkpoint();
  saver.save();
  expect(jobs.isBlocking).toBe(false);
  trainer.advance(1);
  jobs.finishAll();
  saver.flush();
  expect(parts.map(({ kind, step }) => [kind, step])).toEqual([
    ['best', 2],
    ['last', 2],
    ['last', 3],
  ]);
  expect(Buffer.from(parts[1]?.bytes ?? [])).toEqual(Buffer.from(atEnd));
  trainer.advance(1);
  trainer.advance(1);
  saver.save();
  expect(jobs.isBlocking).toBe(true);
});

test('nothing is sent twice', async () => {
  const { trainer, saver, parts } = await startSaving(4);
  while (trainer.epoch < 1) trainer.advance(100);
  saver.flush();
  saver.flush();
  expect(parts.map(({ kind, step }) => [kind, step])).toEqual([
    ['best', 2],
    ['last', 2],
  ]);
});

test('a state is due a second after the one before at the end of an epoch, and after ten seconds anywhere', async () => {
  const { saver, clock } = await startSaving(4);
  saver.flush();
  const due = [999, 1000, 9999, 10_000].map((ms) => {
    clock.ms = ms;
    return [saver.isDue(true), saver.isDue(false)];
  });
  expect(due).toEqual([
    [false, false],
    [true, false],
    [true, false],
    [true, true],
  ]);
});

test('step losses are averaged over neighbours until 64 are left, and each keeps its last step', () => {
  const losses = new StepLosses();
  losses.add(
    Float64Array.from({ length: 128 }, (_, i) => i),
    128,
  );
  const pairs = losses.take();
  expect(pairs).toHaveLength(128);
  expect([...pairs.subarray(0, 4)]).toEqual([2, 0.5, 4, 2.5]);
  expect([...pairs.subarray(126)]).toEqual([128, 126.5]);
  expect(losses.take()).toHaveLength(0);
});

test('an extra that costs 10 ms and may take a tenth of the time waits 90 ms', () => {
  let now = 0;
  const extra = new Extra(0.1, () => now);
  expect(extra.isDue).toBe(true);
  extra.run(() => (now += 10));
  const due = [10, 99, 100].map((ms) => {
    now = ms;
    return extra.isDue;
  });
  expect(due).toEqual([false, false, true]);
});

test('a slice takes as many steps as fit into its time, by the dearest of late', () => {
  const pace = new Pace();
  expect(pace.stepsPerSlice).toBe(1);
  pace.took(1, 0.1);
  expect(pace.stepsPerSlice).toBe(80);
  pace.took(10, 20);
  expect(pace.stepsPerSlice).toBe(4);
  pace.took(1, 100);
  expect(pace.stepsPerSlice).toBe(1);
});

test('a network whose boundary costs too much gets a coarser grid, never a longer look', async () => {
  let now = 0;
  const asked: number[] = [];
  const trainer = await trainerOf(4);
  const slow = (pointMs: number) => ({
    *boundary(view: BoundaryView): Turns<BoundaryGrid> {
      asked.push(view.resolution);
      now += view.resolution ** 2 * pointMs;
      return yield* trainer.boundary(view);
    },
  });
  const view = { resolution: 100, x: 0, y: 1 };
  const pace = new BoundaryPace(() => now);
  const grid = (pointMs: number): BoundaryGrid => finish(pace.grid(slow(pointMs), view));
  expect(grid(0.001).resolution).toBe(100);
  grid(0.1);
  expect(grid(0.1).resolution).toBe(20);
  grid(100);
  expect(grid(100).resolution).toBe(8);
  expect(asked).toEqual([16, 100, 100, 20, 20, 8]);
});
