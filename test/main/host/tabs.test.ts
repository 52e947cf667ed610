/** One of several pages edits: who it is, how that changes, and what the others are refused. */
import { expect, onTestFinished, test } from 'vitest';
import { tabsService, trainingService } from '../../../src-core/contract/all.ts';
import { Connection } from '../../../src-core/contract/client.ts';
import type { TabsEvents } from '../../../src-core/contract/tabs.ts';
import type { TrainingEvents } from '../../../src-core/contract/training.ts';
import { Tabs } from '../../../src-main/host/tabs.ts';
import { Watches } from '../../../src-main/host/watches.ts';
import { Events } from '../../../src-main/rpc/events.ts';
import { implement, serve } from '../../../src-main/rpc/serve.ts';
import { memoryWires } from '../../helpers/window-host.ts';
import { startHost } from '../services/helpers.ts';

const RETURN_MS = 50;

/** A host's door with the real training service behind it; what the engine is told to watch is written down. */
function door() {
  const host = startHost();
  const told: unknown[] = [];
  const note =
    <A, R>(call: (args: A) => R) =>
    (args: A): R => {
      told.push(args);
      return call(args);
    };
  const { watchBoundary, watchInsights, watchNetwork } = host.training;
  const training = {
    ...host.training,
    watchBoundary: note(watchBoundary),
    watchInsights: note(watchInsights),
    watchNetwork: note(watchNetwork),
  };
  const events = new Events();
  const log = (line: string): void => console.error(line);
  const watches = new Watches({ training, editor: () => tabs.editor, log });
  const tabs = new Tabs({
    emit: events.emitter<TabsEvents>(tabsService),
    onChange: () => watches.refresh(),
    returnMs: RETURN_MS,
  });
  onTestFinished(() => tabs.close());
  const open = () => {
    const [near, far] = memoryWires();
    events.attach(far);
    const tab = tabs.open(far);
    far.onClose(() => watches.forget(tab.id));
    const services = [implement(tabsService, tab.handlers), implement(trainingService, watches.of(tab.id))];
    serve(far, { services, mayEdit: tab.mayEdit, log });
    const connection = new Connection(near);
    return {
      tabs: connection.service<typeof tabsService, TabsEvents>(tabsService),
      training: connection.service<typeof trainingService, TrainingEvents>(trainingService),
      close: () => connection.close(),
    };
  };
  return { open, tabs, told };
}

const watching = { code: 'host.watching' };

test('the first page that comes edits, the second only looks', async () => {
  const { open } = door();
  const [first, second] = [open(), open()];
  expect(await first.tabs.join({ wants: 'edit' })).toEqual({ tab: 1, editor: 1 });
  expect(await second.tabs.join({ wants: 'edit' })).toEqual({ tab: 2, editor: 1 });
  await expect(second.training.stop({})).rejects.toMatchObject(watching);
  expect(await second.training.current({})).toBe(null);
  expect(await first.training.stop({})).toBe(null);
});

test('every call that changes something is refused to a page that watches', async () => {
  const { open } = door();
  const [first, second] = [open(), open()];
  await first.tabs.join({ wants: 'edit' });
  await second.tabs.join({ wants: 'edit' });
  const { edits } = trainingService;
  const looks = Object.keys(trainingService.calls).filter((name) => !edits.some((call) => call === name));
  expect(looks).toEqual(['watchBoundary', 'watchInsights', 'watchNetwork', 'current']);
  for (const name of edits) await expect(second.training[name]({} as never)).rejects.toMatchObject(watching);
});

test('the page that is asked to hand over keeps its last edit first', async () => {
  const { open } = door();
  const [first, second] = [open(), open()];
  await first.tabs.join({ wants: 'edit' });
  await second.tabs.join({ wants: 'edit' });
  const steps: string[] = [];
  first.tabs.on('handOver', ({ tab }) => {
    void first.training.setLearningRate({ value: 1 }).catch((error: unknown) => {
      steps.push(`last edit by ${tab}: ${error instanceof Error && 'code' in error ? String(error.code) : ''}`);
      return first.tabs.giveWay({});
    });
  });
  await second.tabs.takeOver({});
  steps.push('taken over');
  expect(steps).toEqual(['last edit by 1: host.no_active_run', 'taken over']);
  await expect(first.training.stop({})).rejects.toMatchObject(watching);
  expect(await second.training.stop({})).toBe(null);
});

test('a page that does not answer is waited for only a moment', async () => {
  const { open } = door();
  const [first, second] = [open(), open()];
  await first.tabs.join({ wants: 'edit' });
  await second.tabs.join({ wants: 'edit' });
  const from = performance.now();
  await second.tabs.takeOver({});
  expect(performance.now() - from).toBeGreaterThan(900);
  expect(await second.training.stop({})).toBe(null);
});

test('the place of a page that goes is kept for it; then one that watches gets it', async () => {
  const { open, tabs } = door();
  const [first, second] = [open(), open()];
  await first.tabs.join({ wants: 'edit' });
  await second.tabs.join({ wants: 'edit' });
  const heard: (number | null)[] = [];
  second.tabs.on('editor', ({ tab }) => heard.push(tab));
  first.close();
  const again = open();
  expect(await again.tabs.join({ wants: 'edit' })).toEqual({ tab: 3, editor: 3 });
  again.close();
  const fourth = open();
  expect(await fourth.tabs.join({ wants: 'watch' })).toEqual({ tab: 4, editor: null });
  await expect.poll(() => tabs.editor).toBe(2);
  expect(heard).toEqual([null, 3, null, 2]);
});

test('the engine is told of everything that any page looks at, the editing page first, and of nothing more', async () => {
  const { open, told } = door();
  const [first, second] = [open(), open()];
  await first.tabs.join({ wants: 'edit' });
  await second.tabs.join({ wants: 'edit' });
  const view = (x: number) => ({ resolution: 20, x, y: 1 });
  await second.training.watchBoundary({ view: view(5) });
  expect(told.at(-1)).toEqual({ view: view(5) });
  await first.training.watchBoundary({ view: view(0) });
  await second.training.watchBoundary({ view: view(6) });
  expect(told.at(-1)).toEqual({ view: view(0) });
  await first.training.watchNetwork({ nodes: ['h1', 'h2'], weights: null });
  await second.training.watchNetwork({ nodes: ['h2', 'out'], weights: 'out' });
  expect(told.at(-1)).toEqual({ nodes: ['h1', 'h2', 'out'], weights: 'out' });
  const units = { node: 'out', from: 64, count: 64 };
  await second.training.watchNetwork({ nodes: ['h2', 'out'], weights: 'out', units });
  expect(told.at(-1)).toEqual({ nodes: ['h1', 'h2', 'out'], weights: 'out', units });
  await second.training.watchNetwork({ nodes: ['h2', 'out'], weights: 'out' });
  first.close();
  expect(told.slice(-3)).toEqual([{ view: view(6) }, { kinds: [] }, { nodes: ['h2', 'out'], weights: 'out' }]);
});
