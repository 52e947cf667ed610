/** Looks into the network as the window asks for them: only for what is seen, and only of the run that is shown. */
import { expect, test } from 'vitest';
import type { NetworkLook } from '../../../src-core/contract/network-look.ts';
import type { RunDetail } from '../../../src-core/contract/records.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { HostState } from '../../../src-renderer/state/host.svelte.ts';
import { LooksState } from '../../../src-renderer/state/looks.svelte.ts';
import { RunState } from '../../../src-renderer/state/run.svelte.ts';
import { quietProgress, WindowHost, type Answers } from '../../helpers/window-host.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function lookAt(step: number, meanWeight = 0.5, tensors: NetworkLook['tensors'] = []): NetworkLook {
  const sizes = { gradientNorm: 1, meanWeight, meanGradient: meanWeight / 10 };
  const node = { node: 'h1', unitCount: 16, deadShare: 0, ...sizes, maps: null, scale: 0 };
  return {
    step,
    phase: null,
    resolution: 0,
    nodes: [node, { ...node, node: 'h2', meanWeight: 0.25 }],
    tensors,
    unitPage: null,
  };
}

const storedRun: RunDetail = {
  ...{ id: 'stored', name: 'Two spirals', status: 'done', reason: null, createdAt: 0, updatedAt: 0 },
  ...{ epoch: 2, epochs: 2, step: 16, bestEpoch: 2, last: { epoch: 2, step: 16, loss: 0.6 }, best: null },
  ...{ parameterCount: 337, notes: '', tags: [], sparkline: [], parent: null, document: twoSpirals.document },
};

/** Frames are drawn when the test says so. */
async function scene(runs: Partial<Answers['runs']> = {}) {
  const asked: unknown[] = [];
  const answer = { runId: 'run-1', network: lookAt(0) };
  const host = new WindowHost({
    runs,
    training: {
      watchNetwork: (args: unknown) => {
        asked.push(args);
        return answer;
      },
    },
  });
  const waiting: (() => void)[] = [];
  const frame = async (): Promise<void> => {
    for (const callback of waiting.splice(0)) callback();
    await settled();
  };
  const state = new HostState();
  const run = new RunState(state, (callback) => waiting.push(callback));
  const looks = new LooksState(state, run, (callback) => waiting.push(callback));
  state.up(host.connect());
  await settled();
  await frame();
  asked.length = 0;
  return { host, run, looks, asked, frame };
}

test('what is seen is asked for once a frame, whoever comes and goes in between', async () => {
  const { looks, asked, frame } = await scene();
  looks.seen('h1', true);
  looks.seen('h2', true);
  looks.seen('h1', false);
  looks.showWeights('h2');
  await frame();
  expect(asked).toEqual([{ nodes: ['h2'], weights: 'h2' }]);
});

test('a page of units is asked for while it is looked through, and shown when it is that page', async () => {
  const { host, run, looks, asked, frame } = await scene();
  await run.start(twoSpirals.document);
  const page = (from: number) => ({ node: 'h1', from, count: 64 });
  looks.seen('h2', true);
  const leave = looks.showUnits(page(0));
  await frame();
  const turn = looks.showUnits(page(64));
  leave();
  await frame();
  host.emitTraining({
    ...quietProgress,
    network: { ...lookAt(8), unitPage: { node: 'h1', from: 64, maps: Uint8Array.of(1) } },
  });
  await settled();
  await frame();
  expect([looks.unitPage(page(64))?.maps, looks.unitPage(page(0))]).toEqual([Uint8Array.of(1), null]);
  host.emitTraining({ ...quietProgress, network: lookAt(9) }); // the engine had another page to draw, or no time
  await settled();
  await frame();
  expect([looks.look?.step, looks.unitPage(page(64))?.maps]).toEqual([9, Uint8Array.of(1)]);
  turn();
  await frame();
  expect(asked).toEqual([
    { nodes: ['h2', 'h1'], weights: null, units: page(0) },
    { nodes: ['h2', 'h1'], weights: null, units: page(64) },
    { nodes: ['h2'], weights: null },
  ]);
});

test('a stored run that is opened is looked into, with the weights it ended on', async () => {
  const asked: unknown[] = [];
  const { run, looks, frame } = await scene({
    inside: (args) => {
      asked.push(args);
      return lookAt(16);
    },
  });
  looks.seen('h1', true);
  await frame();
  expect(asked).toEqual([]);
  await run.show({ ...storedRun, id: 'stored' });
  await frame();
  expect(asked).toEqual([{ runId: 'stored', which: 'last', nodes: ['h1'], weights: null }]);
  expect(looks.look?.step).toBe(16);
});

test('a look shows when it is of the run that the window shows, and the newest counts', async () => {
  const { host, run, looks, frame } = await scene();
  expect(looks.look).toBeNull();
  await run.start(twoSpirals.document);
  host.emitTraining({ ...quietProgress, network: lookAt(8) });
  host.emitTraining({ ...quietProgress, network: lookAt(16, 2) });
  await settled();
  await frame();
  expect(looks.look?.step).toBe(16);
  expect(looks.node('h2')?.meanWeight).toBe(0.25);
  expect(looks.strongest('weights')).toBe(2);
  expect(looks.strongest('gradients')).toBe(0.2);
  await run.reset();
  expect(looks.look).toBeNull();
});

test('weights stay shown while others are looked at for a moment', async () => {
  const { host, run, looks, asked, frame } = await scene();
  const tensor = (key: string) => ({ key, shape: [1, 1], values: Float32Array.of(1) });
  await run.start(twoSpirals.document);
  const release = looks.showWeights('h1');
  await frame();
  host.emitTraining({ ...quietProgress, network: lookAt(8, 1, [tensor('h1.weight')]) });
  await settled();
  await frame();
  const leave = looks.showWeights('h2');
  await frame();
  host.emitTraining({ ...quietProgress, network: lookAt(9, 1, [tensor('h2.weight')]) });
  await settled();
  await frame();
  expect([looks.tensor('h1.weight')?.key, looks.tensor('h2.weight')?.key]).toEqual(['h1.weight', 'h2.weight']);
  leave();
  await frame();
  release();
  await frame();
  expect(asked.map((args) => (args as { weights: unknown }).weights)).toEqual(['h1', 'h2', 'h1', null]);
  expect(looks.tensor('h1.weight')).toBeUndefined();
});
