/** Runs from start to end over a real engine process: what reaches the store, what windows are told, and what survives. */
import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { EpochRecord, RunSummary } from '../../../src-core/contract/records.ts';
import { recipe, startHost, type TestHost } from './helpers.ts';

/** Long enough that a test can interrupt it, short of ever ending by itself. */
const ENDLESS = recipe({ epochs: 1_000_000, samples: 1000 });

async function stateHash(host: TestHost, runId: string, kind: 'last' | 'best'): Promise<string> {
  const state = await host.store.loadCheckpoint(runId, kind);
  if (state === null) throw new Error(`no saved state ${kind}`);
  return createHash('sha256').update(state.bytes).digest('hex');
}

interface Result {
  readonly history: readonly EpochRecord[];
  /** Without the times and the id of the run. */
  readonly summary: RunSummary;
  readonly last: string;
  readonly best: string;
}

async function resultOf(host: TestHost, runId: string): Promise<Result> {
  const [last, best] = [await stateHash(host, runId, 'last'), await stateHash(host, runId, 'best')];
  const summary = { ...host.store.getSummary(runId), id: '', createdAt: 0, updatedAt: 0 };
  return { history: host.store.history(runId), summary, last, best };
}

test('a run goes from start to end, and its whole history is stored and shown once, in order', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe({ epochs: 40 }), paused: false });
  const last = await host.until(({ status }) => status === 'done');
  const history = host.store.history(runId);
  expect(history.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  expect(host.progress.flatMap(({ records }) => records)).toEqual(history);
  expect(last).toMatchObject({ runId, epoch: 40, epochs: 40, step: 400, stepsPerEpoch: 10 });
  expect(host.store.getRun(runId)).toMatchObject({
    status: 'done',
    epoch: 40,
    step: 400,
    parameterCount: 2 * 12 + 12 + 12 + 1,
    document: recipe({ epochs: 40 }),
    last: history[39],
    best: history.reduce((a, b) => ((b.val_loss ?? 0) < (a.val_loss ?? 0) ? b : a)),
  });
  expect(host.store.source(runId).validationIndices).toHaveLength(50);
});

test('the status is written with the run, and then only when it changes', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe({ epochs: 2 }), paused: false });
  await host.untilStatus(runId, 'done');
  const ofStatus = ['createRun', 'setStatus'];
  expect(host.written.filter((name) => ofStatus.includes(name))).toEqual(ofStatus);
});

test('an epoch is shown as soon as it is stored, though the next step is far', async () => {
  const host = startHost();
  await host.training.setPace({ epochsPerSecond: 0.2 });
  await host.training.start({ document: recipe({ samples: 20 }), paused: false }); // a step is an epoch
  const { records, step } = await host.until((progress) => progress.records.length > 0);
  expect([records.map(({ epoch }) => epoch), step]).toEqual([[1], 1]);
});

test('a host that is busy while its run starts misses nothing of it', async () => {
  const host = startHost();
  await host.supervisor.ready();
  const started = host.training.start({ document: recipe({ epochs: 30 }), paused: false });
  await vi.waitFor(() => expect(host.store.countRuns()).toBe(1), { interval: 1 });
  const until = performance.now() + 1000;
  while (performance.now() < until); // the answer and the first epochs now come in one go
  const { runId } = await started;
  await host.untilStatus(runId, 'done');
  expect(host.store.history(runId)).toHaveLength(30);
});

test('stop ends the run, and the state at the very last step is saved', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: ENDLESS, paused: false });
  await host.until(({ step }) => step > 50);
  await host.training.stop({});
  const { step } = await host.until(({ status }) => status === 'stopped');
  expect(host.store.getSummary(runId).status).toBe('stopped');
  expect((await host.store.loadCheckpoint(runId, 'last'))?.step).toBe(step);
});

test('pause, one batch, one epoch, go on: each stops where it should', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe({ epochs: 3 }), paused: true });
  const stepsWhenPaused = (): Set<number> =>
    new Set(host.progress.filter(({ status, saving }) => status === 'paused' && !saving).map(({ step }) => step));
  await host.until(({ status, saving }) => status === 'paused' && !saving);
  await host.training.step({ unit: 'batch' });
  await host.until(({ status, step, saving }) => status === 'paused' && step === 1 && !saving);
  await host.training.step({ unit: 'epoch' });
  await host.until(({ status, step, saving }) => status === 'paused' && step === 10 && !saving);
  expect([...stepsWhenPaused()]).toEqual([0, 1, 10]);
  await vi.waitFor(() => expect(host.store.getSummary(runId)).toMatchObject({ status: 'paused', epoch: 1 }));
  await host.training.continue({});
  await host.until(({ status }) => status === 'done');
  expect(host.store.getSummary(runId)).toMatchObject({ status: 'done', epoch: 3 });
});

test('a second start stops and saves the first run', async () => {
  const host = startHost();
  const first = await host.training.start({ document: ENDLESS, paused: false });
  await host.until(({ step }) => step > 20);
  const second = await host.training.start({ document: recipe({ epochs: 2 }), paused: false });
  await host.untilStatus(second.runId, 'done');
  expect(host.store.getSummary(first.runId).status).toBe('stopped');
  expect(await host.store.loadCheckpoint(first.runId, 'last')).not.toBeNull();
});

test('a document that cannot be trained is refused with its reason and leaves no run', async () => {
  const host = startHost();
  const document = recipe();
  const broken = { ...document, graph: { ...document.graph, edges: document.graph.edges.slice(1) } };
  await expect(host.training.start({ document: broken, paused: false })).rejects.toMatchObject({
    code: 'graph.problems',
  });
  expect(host.store.countRuns()).toBe(0);
  expect(await host.training.current({})).toBeNull();
});

test.each([
  ['no training part', { training: undefined }, 'project.structure'],
  ['half an epoch', { training: { ...recipe().training, epochs: 0.5 } }, 'graph.problems'],
  ['a node that is no object', { graph: { nodes: [7], edges: [] } }, 'project.structure'],
  ['a newer version', { version: 99 }, 'project.newer'],
])('a document with %s is refused by name, and the host lives', async (_what, change, code) => {
  const host = startHost();
  const document = { ...recipe(), ...change } as unknown as ReturnType<typeof recipe>;
  await expect(host.training.start({ document, paused: false })).rejects.toMatchObject({ code });
  expect(host.store.countRuns()).toBe(0);
});

test('an engine killed in the middle of a run: interrupted, every epoch shown is stored, and another engine is up', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: ENDLESS, paused: false });
  await host.until(({ epoch }) => epoch >= 5);
  host.killEngine();
  const last = await host.until(({ status }) => status === 'interrupted');
  expect(last.reason).toBe('the training engine stopped (ended by SIGKILL); resume the run to go on');
  expect(host.store.getSummary(runId)).toMatchObject({ status: 'interrupted', reason: last.reason });
  const shown = host.progress.flatMap(({ records }) => records);
  expect(host.store.history(runId)).toEqual(shown);
  await host.supervisor.ready();
  expect(host.engineStates.map(({ state }) => state)).toEqual(['up', 'restarting', 'up']);
});

test.each([
  ['Adam', { type: 'adam', learning_rate: 0.02 }],
  ['SGD with momentum', { type: 'sgd', learning_rate: 0.05, momentum: 0.9 }],
])(
  'a run of %s with dropout, killed twice and resumed, ends bit for bit like one that was never interrupted',
  async (_name, optimizer) => {
    const document = recipe({ epochs: 600, samples: 400, optimizer });
    const host = startHost();
    const straight = await host.training.start({ document, paused: false });
    await host.untilStatus(straight.runId, 'done');

    // Held back, so that it is still training when it is killed, however late a busy machine does so.
    await host.training.setPace({ epochsPerSecond: 150 });
    const broken = await host.training.start({ document, paused: false });
    for (const epoch of [50, 150]) {
      await host.until((p) => p.runId === broken.runId && p.epoch >= epoch);
      // A pause saves the state in the middle of an epoch; what is trained after it is lost and trained again.
      await host.training.pause({});
      await host.training.step({ unit: 'batch' });
      await host.training.continue({});
      await host.until((p) => p.runId === broken.runId && p.epoch >= epoch + 20);
      host.killEngine();
      await host.untilStatus(broken.runId, 'interrupted');
      await host.training.resumeRun({ runId: broken.runId });
    }
    await host.training.setPace({ epochsPerSecond: null });
    await host.untilStatus(broken.runId, 'done');
    expect(await resultOf(host, broken.runId)).toEqual(await resultOf(host, straight.runId));
  },
);

test('an engine that dies while it reads the data of a new run: the start fails, and no run is left', async () => {
  const host = startHost();
  await host.supervisor.ready();
  const started = host.training.start({ document: recipe({ samples: 3_000_000 }), paused: false });
  const outcome = expect(started).rejects.toMatchObject({ code: 'host.engine_gone' });
  await vi.waitFor(() => expect(host.store.countRuns()).toBe(1), { interval: 1 });
  host.killEngine();
  await outcome;
  expect(host.store.countRuns()).toBe(0);
});

test('stop breaks off a start that takes too long', async () => {
  const host = startHost();
  await host.supervisor.ready();
  const started = host.training.start({ document: recipe({ samples: 10_000_000 }), paused: false });
  const outcome = expect(started).rejects.toMatchObject({ code: 'host.engine_gone' });
  await vi.waitFor(() => expect(host.store.countRuns()).toBe(1), { interval: 1 });
  await host.training.stop({});
  await outcome;
  expect(host.store.countRuns()).toBe(0);
});

test('without a run there is nothing to go on with, and nothing to stop', async () => {
  const host = startHost();
  await host.supervisor.ready();
  await expect(host.training.continue({})).rejects.toMatchObject({ code: 'host.no_active_run' });
  await expect(host.training.step({ unit: 'batch' })).rejects.toMatchObject({ code: 'host.no_active_run' });
  expect(await host.training.stop({})).toBeNull();
  expect(await host.training.pause({})).toBeNull();
});

test('a run that the command line trains at this moment is not resumed', async () => {
  const host = startHost();
  const runId = host.store.createRun({ document: recipe(), folder: '/', epochs: 1, shell: 'cli' });
  await expect(host.training.resumeRun({ runId })).rejects.toMatchObject({ code: 'host.run_active' });
});

test('closing the host saves the active run, which another host resumes', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe({ epochs: 400, samples: 1000 }), paused: false });
  await host.until(({ epoch }) => epoch >= 3);
  await host.close();
  const saved = host.store.getSummary(runId);
  expect(saved).toMatchObject({ status: 'interrupted', reason: expect.stringContaining('resume it to go on') });
  expect((await host.store.loadCheckpoint(runId, 'last'))?.epoch).toBe(saved.epoch);

  const next = startHost(host.folder, host.store);
  await next.training.resumeRun({ runId });
  await next.untilStatus(runId, 'done');
  const epochs = next.store.history(runId).map(({ epoch }) => epoch);
  expect(epochs).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
});

test('a finished run is resumed for more epochs, and not without', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: recipe({ epochs: 2 }), paused: false });
  await host.untilStatus(runId, 'done');
  await expect(host.training.resumeRun({ runId })).rejects.toMatchObject({ code: 'host.nothing_left' });
  expect(host.store.getSummary(runId)).toMatchObject({ status: 'done', epoch: 2 });
  await host.training.resumeRun({ runId, epochs: 5 });
  await host.until(({ epoch, status }) => epoch === 5 && status === 'done');
  expect(host.store.getSummary(runId)).toMatchObject({ status: 'done', epoch: 5, epochs: 5 });
});

test('a run that diverges says so, and its last sound state can be predicted with', async () => {
  const host = startHost();
  const document = recipe({ epochs: 50, optimizer: { type: 'sgd', learning_rate: 1e38 } });
  const { runId } = await host.training.start({ document, paused: false });
  const { reason } = await host.until(({ status }) => status === 'diverged');
  expect(reason).toMatch(/step \d+/);
  const { outputs } = await host.runs.predict({ runId, which: 'last', rows: [[0.5, 0.5]] });
  expect(outputs.flat().every(Number.isFinite)).toBe(true);
});

test('a run that diverged goes on from its last sound state at another learning rate', async () => {
  const host = startHost();
  const document = recipe({ epochs: 1_000_000, optimizer: { type: 'sgd', learning_rate: 1e38 } });
  const { runId } = await host.training.start({ document, paused: false });
  await host.until(({ status }) => status === 'diverged');
  await host.training.resumeRun({ runId, learningRate: 0.01 });
  await host.until(({ learningRate, epoch }) => learningRate === 0.01 && epoch > 2);
});

test('a window that opens during a run learns where it stands', async () => {
  const host = startHost();
  const { runId } = await host.training.start({ document: ENDLESS, paused: false });
  await host.until(({ step }) => step > 20);
  expect(await host.training.current({})).toMatchObject({ runId, status: 'running', stepsPerEpoch: 47 });
});

test('the boundary comes while training, and at rest as soon as it is asked for', async () => {
  const host = startHost();
  await host.supervisor.ready();
  await host.training.watchBoundary({ view: { resolution: 20, x: 0, y: 1 } });
  await host.training.start({ document: recipe({ epochs: 2 }), paused: true });
  const { boundary } = await host.until((progress) => progress.boundary !== null);
  expect(boundary).toMatchObject({ resolution: 20, outputCount: 1 });
  expect(boundary?.values).toHaveLength(400);
  await host.training.watchBoundary({ view: { resolution: 30, x: 1, y: 0 } });
  await host.until((progress) => progress.boundary?.resolution === 30);
});

test('summaries of the inside come while they are watched, and not after', async () => {
  const host = startHost();
  await host.supervisor.ready();
  await host.training.watchInsights({ kinds: ['weights'] });
  await host.training.start({ document: recipe({ epochs: 2 }), paused: true });
  const { insights } = await host.until((progress) => progress.insights !== null);
  expect(insights?.weights?.map(({ key }) => key)).toEqual(['h1.weight', 'h1.bias', 'out.weight', 'out.bias']);
  expect(insights?.gradients).toBeNull();
  await host.training.watchInsights({ kinds: [] });
  await host.training.step({ unit: 'batch' });
  expect((await host.until(({ step }) => step === 1)).insights).toBeNull();
});

test('a look into the network comes at once, while training, and after the run', async () => {
  const host = startHost();
  await host.supervisor.ready();
  const watched = { nodes: ['h1'], weights: 'h1' };
  expect(await host.training.watchNetwork(watched)).toBeNull();
  const { runId } = await host.training.start({ document: recipe({ epochs: 2 }), paused: true });
  const first = await host.training.watchNetwork(watched);
  expect(first).toMatchObject({ runId, network: { step: 0, nodes: [{ node: 'h1' }] } });
  await host.training.continue({});
  const { network } = await host.until((progress) => (progress.network?.step ?? 0) > 0);
  expect(network?.tensors.map(({ key }) => key)).toEqual(['h1.bias', 'h1.weight']);
  const { step } = await host.until(({ status }) => status === 'done');
  expect(await host.training.watchNetwork(watched)).toMatchObject({ network: { step } });
});

test('a learning rate set during a run is used from then on', async () => {
  const host = startHost();
  await host.training.start({ document: ENDLESS, paused: true });
  await host.until(({ learningRate }) => learningRate === 0.02);
  await host.training.setLearningRate({ value: 0.005 });
  await host.until(({ learningRate }) => learningRate === 0.005);
});

test('a batch can be stepped phase by phase, and is taken with the third', async () => {
  const host = startHost();
  await host.supervisor.ready();
  await host.training.watchNetwork({ nodes: ['h1'], weights: null });
  await host.training.start({ document: recipe({ epochs: 2 }), paused: true });
  const seen: unknown[] = [];
  for (const [phase, ofStep] of [
    ['forward', 1],
    ['backward', 1],
    ['update', 1],
    ['forward', 2],
  ] as const) {
    await host.training.step({ unit: 'phase' });
    const { step, status } = await host.until(
      ({ network }) => network?.phase?.phase === phase && network.phase.step === ofStep,
    );
    seen.push([step, status]);
  }
  expect(seen).toEqual([
    [0, 'paused'],
    [0, 'paused'],
    [1, 'paused'],
    [1, 'paused'],
  ]);
  await host.training.continue({});
  expect((await host.until(({ step, network }) => step > 1 && network !== null)).network?.phase).toBeNull();
});

test('a run that is held back takes its time and ends with the same numbers', async () => {
  const host = startHost();
  await host.supervisor.ready();
  const ended = [];
  for (const epochsPerSecond of [null, 20]) {
    await host.training.setPace({ epochsPerSecond });
    const from = performance.now();
    const { runId } = await host.training.start({ document: recipe({ epochs: 6 }), paused: false });
    await host.untilStatus(runId, 'done');
    const history = await host.runs.history({ runId });
    ended.push({ history, isSlow: performance.now() - from >= 5 * 50 });
  }
  const [free, held] = ended;
  expect(held?.history).toEqual(free?.history);
  expect(held?.isSlow).toBe(true);
});

test('a run that waits for its pace still stops at once, and goes on at once at full speed', async () => {
  const host = startHost();
  await host.supervisor.ready();
  await host.training.setPace({ epochsPerSecond: 0.01 });
  await host.training.start({ document: recipe({ epochs: 3 }), paused: false });
  await host.until(({ step }) => step === 1);
  await host.training.setPace({ epochsPerSecond: null });
  await host.until(({ status }) => status === 'done');
  await host.training.setPace({ epochsPerSecond: 0.01 });
  await host.training.start({ document: recipe({ epochs: 3 }), paused: false });
  await host.training.stop({});
  expect((await host.until(({ status }) => status === 'stopped')).step).toBeLessThanOrEqual(1);
});
