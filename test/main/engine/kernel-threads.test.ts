/** Training in the engine's session with helping threads: the same states as without, and no thread left behind. */
import { readdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import type { CheckpointPart, EngineEvents } from '../../../src-core/contract/engine.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';
import { decodeCheckpoint } from '../../../src-core/trainer/checkpoint.ts';
import { createSession, type Session } from '../../../src-main/engine/session.ts';
import { readyThreads } from '../../helpers/ready-threads.ts';
import { children, REAL_ENGINE, supervise } from './helpers.ts';

const SECONDS = { timeout: 20_000, interval: 20 };
const PLACE = { folder: import.meta.dirname, isOpen: false };

/** Large enough that threads are asked to help. */
const wide: ProjectDocument = {
  format: 'netloom-project',
  version: 1,
  name: 'Wide spirals',
  graph: {
    nodes: [
      { id: 'in', type: 'input', params: { shape: [2] } },
      { id: 'h1', type: 'dense', params: { units: 120, activation: 'tanh' } },
      { id: 'd1', type: 'dropout', params: { rate: 0.2 } },
      { id: 'h2', type: 'dense', params: { units: 120, activation: 'relu' } },
      { id: 'out', type: 'dense', params: { units: 1, activation: 'sigmoid' } },
      { id: 'y', type: 'output', params: {} },
    ],
    edges: ['in', 'h1', 'd1', 'h2', 'out', 'y'].flatMap((from, i, all) => {
      const to = all[i + 1];
      return to === undefined ? [] : [{ from, to }];
    }),
  },
  data: { kind: 'generator', name: 'spiral', samples: 400, noise: 0.1, seed: 7, validation: { fraction: 0.25 } },
  training: {
    loss: 'binary_cross_entropy',
    optimizer: { type: 'adam', learning_rate: 0.005 },
    batch_size: 32,
    epochs: 30,
    seed: 42,
  },
};

interface Watched {
  readonly session: Session;
  readonly parts: CheckpointPart[];
  readonly ends: string[];
}

function open(threads: ReturnType<typeof readyThreads>): Watched {
  const parts: CheckpointPart[] = [];
  const ends: string[] = [];
  const listeners: { readonly [E in keyof EngineEvents]?: (payload: EngineEvents[E]) => void } = {
    checkpoint: (part) => void parts.push(part),
    ended: ({ status }) => void ends.push(status),
  };
  const session = createSession({
    emit: (event, payload) => listeners[event]?.(payload),
    working: (work) => work(),
    threads: threads.starter,
  });
  return { session, parts, ends };
}

const startOf = (document: ProjectDocument, runId: string) => ({
  runId,
  document,
  place: PLACE,
  paused: true,
  checkpoint: null,
  best: null,
});

/** The run's last saved state, after a pause, single steps and a look on the way. */
async function finalState(count: number): Promise<string> {
  const threads = readyThreads(count);
  const { session, parts, ends } = open(threads);
  const { handlers } = session;
  await handlers.start(startOf(wide, 'run'));
  expect(await threads.allReady()).toBe(count - 1);
  await handlers.step({ unit: 'batch' });
  await handlers.watchNetwork({ nodes: ['h2'], weights: null });
  await handlers.step({ unit: 'epoch' });
  await handlers.continue({});
  await vi.waitFor(() => expect(ends).toEqual(['done']), SECONDS);
  const last = parts.findLast(({ kind }) => kind === 'last');
  expect(last?.epoch).toBe(30);
  expect(threads.jobs(), 'jobs that threads were called to').toBeGreaterThan(count === 1 ? -1 : 0);
  return last?.sha256 ?? '';
}

test('two and three threads leave the state that one thread leaves', async () => {
  const alone = await finalState(1);
  expect(alone).toMatch(/^[0-9a-f]{64}$/);
  expect(await finalState(2)).toBe(alone);
  expect(await finalState(3)).toBe(alone);
});

/** Pauses in the middle of an epoch, saves, and goes on in another session from what was saved. */
async function resumedState(count: number): Promise<string> {
  const first = readyThreads(count);
  const before = open(first);
  await before.session.handlers.start(startOf(wide, 'run'));
  await first.allReady();
  const stand = async () => (await before.session.handlers.current({}))?.step;
  for (const step of [10, 20, 30]) {
    await before.session.handlers.step({ unit: 'epoch' });
    await vi.waitFor(async () => expect(await stand()).toBe(step), SECONDS);
  }
  await before.session.handlers.step({ unit: 'batch' });
  await vi.waitFor(async () => expect(await stand()).toBe(31), SECONDS);
  expect(first.jobs(), 'jobs before the pause').toBeGreaterThan(0);
  before.session.flush();
  const checkpoint = savedState(before.parts, 'last');
  expect(decodeCheckpoint(checkpoint ?? new Uint8Array(0))).toMatchObject({ epoch: 3, position: 1 });

  const second = readyThreads(count);
  const after = open(second);
  const saved = { checkpoint, best: savedState(before.parts, 'best') };
  await after.session.handlers.start({ ...startOf(wide, 'run'), ...saved });
  await second.allReady();
  await after.session.handlers.continue({});
  await vi.waitFor(() => expect(after.ends).toEqual(['done']), SECONDS);
  expect(second.jobs(), 'jobs after the pause').toBeGreaterThan(0);
  return after.parts.findLast(({ kind }) => kind === 'last')?.sha256 ?? '';
}

/** The newest state of that kind, put together from its pieces. */
function savedState(parts: readonly CheckpointPart[], kind: CheckpointPart['kind']): Uint8Array | null {
  const last = parts.findLast((part) => part.kind === kind);
  if (last === undefined) return null;
  const pieces = parts.filter((part) => part.kind === kind && part.sha256 === last.sha256);
  return new Uint8Array(Buffer.concat(pieces.map(({ bytes }) => bytes)));
}

test('a run of two threads that is paused, saved and resumed ends in the state of one straight through', async () => {
  expect(await resumedState(2)).toBe(await finalState(1));
});

test.skipIf(process.platform !== 'linux')('the threads of a run end when the next run starts', async () => {
  const tasks = () => readdirSync('/proc/self/task').length;
  const threads = readyThreads(4);
  const { session } = open(threads);
  const small = { ...wide, graph: { ...wide.graph, nodes: wide.graph.nodes.map(narrowed) } };
  await session.handlers.start(startOf(small, 'first small')); // pools of the runtime itself are up from here on
  const before = tasks();
  await session.handlers.start(startOf(wide, 'wide'));
  expect(await threads.allReady()).toBe(3);
  expect(tasks()).toBeGreaterThan(before);
  await session.handlers.start(startOf(small, 'second small'));
  await vi.waitFor(() => expect(tasks()).toBeLessThanOrEqual(before), SECONDS);
});

test('an engine that is killed while its threads compute leaves nothing and is followed by another', async () => {
  const engine = supervise(REAL_ENGINE);
  const client = await engine.supervisor.ready();
  const from = children().length;
  const endless = { ...wide, training: { ...wide.training, epochs: 1_000_000 } };
  const isTraining = new Promise<void>((resolve) => {
    client.on('progress', ({ step }) => {
      if (step > 100) resolve();
    });
  });
  await client.start({ ...startOf(endless, 'endless'), paused: false });
  await isTraining;
  engine.supervisor.kill();
  await vi.waitFor(() => expect(engine.said).toEqual(['up', 'crashed: ended by SIGKILL', 'restarting', 'up']), SECONDS);
  expect(children()).toHaveLength(from);
});

function narrowed(node: ProjectDocument['graph']['nodes'][number]): ProjectDocument['graph']['nodes'][number] {
  return node.type === 'dense' && node.id !== 'out' ? { ...node, params: { ...node.params, units: 4 } } : node;
}
