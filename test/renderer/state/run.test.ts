/** The run as the window sees it: batched ticks, curves, calls in order, reconnection. */
import { expect, test, vi } from 'vitest';
import type { BoundaryGrid, RunDetail, RunLook } from '../../../src-core/contract/records.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { HostState } from '../../../src-renderer/state/host.svelte.ts';
import { RunState } from '../../../src-renderer/state/run.svelte.ts';
import { quietProgress, WindowHost } from '../../helpers/window-host.ts';

const { document } = twoSpirals;

const storedRun: RunDetail = {
  id: 'run-1',
  name: 'Two spirals',
  status: 'running',
  reason: null,
  createdAt: 0,
  updatedAt: 0,
  epoch: 2,
  epochs: 300,
  step: 16,
  bestEpoch: null,
  last: null,
  best: null,
  parameterCount: 337,
  notes: '',
  tags: [],
  sparkline: [],
  document,
};

/** Frames are drawn when the test says so. */
function scene(host = new WindowHost()): { host: WindowHost; state: HostState; run: RunState; frame: () => void } {
  const waiting: (() => void)[] = [];
  const state = new HostState();
  const run = new RunState(state, (callback) => waiting.push(callback));
  const frame = (): void => {
    for (const callback of waiting.splice(0)) callback();
  };
  return { host, state, run, frame };
}

/** Long enough for frames in memory to arrive: they travel in microtasks. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a stop is said at once, before anybody answers', async () => {
  const { host, state, run } = scene();
  state.up(host.connect());
  await run.start(document);
  const stopped = run.stop();
  expect(run.asked).toBe('stopping');
  await stopped;
  expect(run.asked).toBe(null);
});

test('many ticks become one update a frame, and none is lost', async () => {
  const { host, state, run, frame } = scene();
  state.up(host.connect());
  await run.start(document);
  for (let epoch = 1; epoch <= 5; epoch++) {
    host.emitTraining({
      ...quietProgress,
      epoch,
      step: epoch * 8,
      stepLosses: new Float64Array([epoch * 8, 1 / epoch]),
      records: [{ epoch, step: epoch * 8, loss: 1 / epoch }],
    });
  }
  await settled();
  expect([run.epoch, run.records.length]).toEqual([0, 0]);
  frame();
  expect([run.epoch, run.step, run.records.map(({ epoch }) => epoch)]).toEqual([5, 40, [1, 2, 3, 4, 5]]);
  expect([...run.stepLosses]).toEqual([8, 1, 16, 0.5, 24, 1 / 3, 32, 0.25, 40, 0.2]);
});

test('a run at rest says that it is being saved, until it is', async () => {
  const { host, state, run, frame } = scene();
  state.up(host.connect());
  await run.start(document);
  const seen: unknown[] = [];
  for (const saving of [true, false]) {
    host.emitTraining({ ...quietProgress, status: 'paused', saving });
    await settled();
    frame();
    seen.push([run.status, run.saving]);
  }
  expect(seen).toEqual([
    ['paused', true],
    ['paused', false],
  ]);
});

test('ticks of another run are not drawn', async () => {
  const { host, state, run, frame } = scene();
  state.up(host.connect());
  await run.start(document);
  host.emitTraining({ ...quietProgress, runId: 'older', epoch: 99 });
  await settled();
  frame();
  expect(run.epoch).toBe(0);
});

test('a new start ends the run before it', async () => {
  const { host, state, run } = scene();
  state.up(host.connect());
  await run.start(document);
  await run.start(document);
  expect(host.calls).toEqual(['training.start', 'training.stop', 'training.start']);
});

test('the last words of a run that gave way to a new one are not taken for the new one', async () => {
  const started = ['run-1', 'run-2'];
  const host: WindowHost = new WindowHost({
    training: {
      start: () => {
        if (started.length === 1) host.emitTraining({ ...quietProgress, status: 'stopped', epoch: 9, step: 72 });
        return { runId: started.shift() ?? '' };
      },
    },
  });
  const { state, run, frame } = scene(host);
  state.up(host.connect());
  await run.start(document);
  await run.start(document);
  await settled();
  frame();
  expect([run.runId, run.status, run.epoch, [...run.rates]]).toEqual(['run-2', 'running', 0, []]);
});

test('a refused start leaves nothing behind and tells why', async () => {
  const host = new WindowHost({
    training: {
      start: () => {
        throw new Error('boom');
      },
    },
  });
  const { state, run } = scene(host);
  state.up(host.connect());
  await expect(run.start(document)).rejects.toThrow('internal error');
  expect([run.status, run.runId, run.document, run.busy]).toEqual(['idle', null, null, false]);
});

test('reset ends the run and empties the curves', async () => {
  const { host, state, run, frame } = scene();
  state.up(host.connect());
  await run.start(document);
  host.emitTraining({ ...quietProgress, epoch: 1, records: [{ epoch: 1, step: 8, loss: 1 }] });
  await settled();
  frame();
  await run.reset();
  expect([run.status, run.records, run.stepLosses.length, host.calls.at(-1)]).toEqual(['idle', [], 0, 'training.stop']);
});

test('the best epoch is the one with the least validation loss', async () => {
  const { host, state, run, frame } = scene();
  state.up(host.connect());
  await run.start(document);
  const losses = [0.9, 0.4, 0.6];
  const records = losses.map((val_loss, i) => ({ epoch: i + 1, step: i, loss: 1 - i / 10, val_loss }));
  host.emitTraining({ ...quietProgress, epoch: 3, records });
  await settled();
  frame();
  expect(run.history.best?.epoch).toBe(2);
});

test('a window that opens on a run takes up its history and goes on with it', async () => {
  const host = new WindowHost({
    training: { current: () => ({ ...quietProgress, epoch: 2, records: [] }) },
    runs: {
      get: () => storedRun,
      history: () => [
        { epoch: 1, step: 8, loss: 0.7 },
        { epoch: 2, step: 16, loss: 0.6 },
      ],
    },
  });
  const { state, run, frame } = scene(host);
  state.up(host.connect());
  await settled();
  await settled();
  frame();
  host.emitTraining({ ...quietProgress, epoch: 3, records: [{ epoch: 3, step: 24, loss: 0.5 }] });
  await settled();
  frame();
  expect(run.records.map(({ loss }) => loss)).toEqual([0.7, 0.6, 0.5]);
});

test('a run that the host no longer knows after a reconnection counts as interrupted', async () => {
  const { host, state, run } = scene();
  state.up(host.connect());
  await run.start(document);
  state.down();
  state.up(host.connect());
  await settled();
  expect(run.status).toBe('interrupted');
});

test('the watched boundary is asked for again after a reconnection', async () => {
  const { host, state, run } = scene();
  state.up(host.connect());
  await run.watchBoundary({ resolution: 50, x: 0, y: 1 });
  state.up(host.connect());
  await settled();
  expect(host.calls).toEqual(['training.watchBoundary', 'training.watchBoundary']);
});

const grid = (x: number, y: number): BoundaryGrid => ({
  resolution: 2,
  x,
  y,
  xRange: [0, 1],
  yRange: [0, 1],
  outputCount: 1,
  values: new Float32Array(4),
});
const overRun: RunDetail = { ...storedRun, status: 'done', last: { epoch: 2, step: 16, loss: 0.6 } };

test('a run that is over is looked at again when other inputs are chosen, and one that trains is not', async () => {
  const asked: unknown[] = [];
  const host = new WindowHost({
    runs: {
      look: (args) => {
        asked.push(args);
        return { boundary: args.view && grid(args.view.x, args.view.y), confusion: null, insights: null };
      },
    },
  });
  const { state, run, frame } = scene(host);
  state.up(host.connect());
  await run.start(document);
  host.emitTraining({ ...quietProgress, step: 8, boundary: grid(0, 1) });
  await settled();
  frame();
  await run.watchBoundary({ resolution: 2, x: 1, y: 0 });
  expect(asked).toEqual([]);
  host.emitTraining({ ...quietProgress, status: 'done', step: 16 });
  await settled();
  frame();
  await run.watchBoundary({ resolution: 2, x: 1, y: 2 });
  expect(asked).toMatchObject([{ runId: 'run-1', which: 'last', view: { x: 1, y: 2 } }]);
  expect(run.boundary).toMatchObject({ x: 1, y: 2 });
});

test('what was seen of a run that has been replaced meanwhile is not shown', async () => {
  const answer = Promise.withResolvers<RunLook>();
  const host = new WindowHost({ runs: { history: () => [], look: () => answer.promise } });
  const { state, run } = scene(host);
  state.up(host.connect());
  await run.watchBoundary({ resolution: 2, x: 0, y: 1 });
  const showing = run.show(overRun);
  await settled();
  await run.start(document);
  answer.resolve({ boundary: grid(0, 1), confusion: null, insights: null });
  await showing;
  expect([run.status, run.boundary]).toEqual(['running', null]);
});

test('a stored run is shown with its history, its end and what it answers', async () => {
  const confusion = Float64Array.of(1, 0, 0, 1);
  const host = new WindowHost({
    runs: {
      history: () => [{ epoch: 1, step: 8, loss: 0.7 }],
      look: () => ({ boundary: grid(0, 1), confusion, insights: null }),
    },
  });
  const { state, run } = scene(host);
  state.up(host.connect());
  await run.watchBoundary({ resolution: 2, x: 0, y: 1 });
  await run.show(overRun);
  expect([run.runId, run.status, run.epoch, run.step, run.stepsPerEpoch]).toEqual(['run-1', 'done', 2, 16, 8]);
  expect(run.records).toHaveLength(1);
  expect(run.boundary).toMatchObject({ x: 0, y: 1 });
  expect(run.confusion).toEqual(confusion);
});

test('the insights that are shown are asked for again after a reconnection', async () => {
  const { host, state, run } = scene();
  state.up(host.connect());
  await run.watchInsights(['weights']);
  state.up(host.connect());
  await settled();
  expect(host.calls).toEqual(['training.watchInsights', 'training.watchInsights']);
});

test('of a long stored run only its end and its best are read, and its new epochs follow', async () => {
  const last = { epoch: 5000, step: 5000, loss: 0.2 };
  const best = { epoch: 4000, step: 4000, loss: 0.1 };
  const host = new WindowHost({
    training: { current: () => ({ ...quietProgress, epoch: 5000 }) },
    runs: { get: () => ({ ...storedRun, epoch: 5000, step: 5000, last, best }) },
  });
  const { state, run, frame } = scene(host);
  state.up(host.connect());
  await settled();
  await settled();
  host.emitTraining({ ...quietProgress, epoch: 5001, records: [last, { epoch: 5001, step: 5001, loss: 0.15 }] });
  await settled();
  frame();
  expect([run.history.storedTo, run.records.map(({ epoch }) => epoch)]).toEqual([5000, [5001]]);
  expect([run.history.last?.epoch, run.history.best?.epoch]).toEqual([5001, 4000]);
  expect(host.calls).not.toContain('runs.history');
});

test('what goes before a start is sent before it, and the start does not wait for its answer', async () => {
  const told = Promise.withResolvers<null>();
  const calls: string[] = [];
  const setPace = (): Promise<null> => {
    calls.push('pace');
    return told.promise;
  };
  const start = (): Promise<{ runId: string }> => {
    calls.push('start');
    return Promise.resolve({ runId: 'run-7' });
  };
  const { host, state, run } = scene(new WindowHost({ training: { setPace, start } }));
  state.up(host.connect());
  run.onStarting(async ({ training }) => void (await training.setPace({ epochsPerSecond: 5 })));
  const started = run.start(document);
  await settled();
  expect(calls).toEqual(['pace', 'start']);
  told.resolve(null);
  await started;
  expect(run.runId).toBe('run-7');
});

test('a watching window shows a run that was over before it had heard of it', async () => {
  const { host, state, run, frame } = scene(
    new WindowHost({ training: { current: () => null }, runs: { get: () => storedRun } }),
  );
  run.follows = true;
  state.up(host.connect());
  await settled();
  host.emitTraining({ ...quietProgress, status: 'done', epoch: 300 });
  await vi.waitFor(() => expect(run.runId).toBe('run-1'));
  frame();
  expect([run.status, run.epoch]).toEqual(['done', 300]);
});

test('a watching window hears of an end that comes while it reads of the run', async () => {
  const { host, state, run, frame } = scene(
    new WindowHost({
      training: { current: () => (run.follows && isStarted ? quietProgress : null) },
      runs: {
        get: () => {
          host.emitTraining({ ...quietProgress, status: 'done', epoch: 300 });
          return storedRun;
        },
      },
    }),
  );
  let isStarted = false;
  run.follows = true;
  state.up(host.connect());
  await settled();
  isStarted = true;
  host.emitTraining(quietProgress);
  await vi.waitFor(() => expect(run.runId).toBe('run-1'));
  frame();
  expect([run.status, run.epoch]).toEqual(['done', 300]);
});
