/** The window's state as a whole: commands on it, recovery, data facts, what is out of date. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setData, setName, setParam, setTraining } from '../../../src-core/graph/edit.ts';
import type { RunDetail } from '../../../src-core/contract/records.ts';
import { AppError } from '../../../src-core/lib/errors.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { commands, isEnabled } from '../../../src-renderer/commands/registry.ts';
import {
  continueSmaller,
  smallerRate,
  usualRate,
  usualRateAndTrain,
} from '../../../src-renderer/commands/after-divergence.ts';
import { AppState } from '../../../src-renderer/state/app.svelte.ts';
import { fedRanges } from '../../../src-renderer/state/data.svelte.ts';
import { emptyPreview, quietProgress, WindowHost, type Answers } from '../../helpers/window-host.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const keep = { getItem: () => null, setItem: () => undefined };

async function opened(answers: { readonly [K in keyof Answers]?: Partial<Answers[K]> } = {}): Promise<{
  app: AppState;
  host: WindowHost;
}> {
  const host = new WindowHost(answers);
  const app = new AppState({ document: twoSpirals.document, keep, systemDark: false });
  app.host.up(host.connect());
  await vi.advanceTimersByTimeAsync(500);
  return { app, host };
}

test('large data that are known already come a turn after the document has changed', async () => {
  const points = { ...emptyPreview.points, inputs: new Float32Array(100_000) };
  const large = { ...emptyPreview, rowCount: 2000, inputNames: Array.from({ length: 50 }, (_, i) => `c${i}`), points };
  const { app } = await opened({ data: { preview: ({ data }) => (data.kind === 'csv' ? large : emptyPreview) } });
  const spec = { ...twoSpirals.document.data, kind: 'csv' };
  await app.data.previewOf(spec);
  app.project.edit('Use data', (document) => setData(document, spec));
  expect([app.data.loading, app.data.facts, app.data.preview?.rowCount]).toEqual([true, undefined, 500]);
  await vi.advanceTimersByTimeAsync(0);
  expect([app.data.loading, app.data.preview?.rowCount]).toEqual([false, 2000]);
});

test('a recovery copy is kept a second after the last edit', async () => {
  const { app, host } = await opened();
  app.project.edit('Rename', (document) => setName(document, 'A'));
  await vi.advanceTimersByTimeAsync(900);
  app.project.edit('Rename', (document) => setName(document, 'B'));
  await vi.advanceTimersByTimeAsync(900);
  const early = host.calls.filter((call) => call === 'app.keep').length;
  await vi.advanceTimersByTimeAsync(200);
  expect([early, host.calls.filter((call) => call === 'app.keep').length]).toEqual([0, 1]);
});

test('the kept document is taken up at the start, as unsaved', async () => {
  const document = setName(twoSpirals.document, 'Kept');
  const { app } = await opened({ app: { recover: () => ({ document, savedAt: 0, isSaved: false, file: null }) } });
  expect([app.project.document.name, app.project.isSaved]).toEqual(['Kept', false]);
});

test('an edit made before the kept document came is not overwritten', async () => {
  const document = setName(twoSpirals.document, 'Kept');
  const host = new WindowHost({ app: { recover: () => ({ document, savedAt: 0, isSaved: false, file: null }) } });
  const app = new AppState({ document: twoSpirals.document, keep, systemDark: false });
  app.host.up(host.connect());
  app.project.edit('Rename', (current) => setName(current, 'Mine'));
  await vi.advanceTimersByTimeAsync(500);
  expect(app.project.document.name).toBe('Mine');
});

test('data that does not fit the network is a problem of the network', async () => {
  const { app } = await opened({ data: { preview: () => ({ ...emptyPreview, fedNames: ['a', 'b', 'c'] }) } });
  expect(app.project.errors.map(({ node }) => node)).toContain('in');
});

test('training is refused with the first problem while there is one', async () => {
  const { app, host } = await opened();
  app.project.edit('Set units', (document) => setParam(document, 'h1', 'units', 0));
  await expect(Promise.resolve(commands.train.run(app))).rejects.toThrow('h1.units');
  expect(host.calls).not.toContain('training.start');
});

test('train goes on with a paused run, and starts a new one after an edit', async () => {
  const { app, host } = await opened();
  await commands.train.run(app);
  app.run.status = 'paused';
  await commands.train.run(app);
  app.run.status = 'paused';
  app.project.edit('Set units', (document) => setParam(document, 'h1', 'units', 4));
  const stale = app.isStale;
  await commands.train.run(app);
  expect(stale).toBe(true);
  expect(host.calls.filter((call) => call.startsWith('training'))).toEqual([
    'training.setPace',
    'training.start',
    'training.continue',
    'training.stop',
    'training.start',
  ]);
});

test('moving or renaming does not make a run out of date', async () => {
  const { app } = await opened();
  await commands.train.run(app);
  app.project.edit('Rename', (document) => setName(document, 'Other'));
  app.selection.select(['h1']);
  expect(app.isStale).toBe(false);
});

test('a new seed is one entry of the history and resets the run', async () => {
  const { app } = await opened();
  await commands.train.run(app);
  await commands.new_seed.run(app);
  const { seed } = app.project.document.training;
  expect([app.run.status, app.project.undoLabel, seed === twoSpirals.document.training.seed]).toEqual([
    'idle',
    'New seed',
    false,
  ]);
});

test('delete removes the selection, heals the wire and is undone in one step', async () => {
  const { app } = await opened();
  app.selection.select(['h2']);
  await commands.delete_selection.run(app);
  const wires = app.project.document.graph.edges.map(({ from, to }) => `${from}→${to}`);
  await commands.undo.run(app);
  expect([wires, app.selection.isEmpty, app.project.document]).toEqual([
    ['in→h1', 'h1→out', 'out→y'],
    true,
    twoSpirals.document,
  ]);
});

test('copies get new names, are selected, and come with the wires among them', async () => {
  const { app } = await opened();
  app.selection.select(['h1', 'h2']);
  await commands.copy.run(app);
  await commands.paste.run(app);
  const { edges, nodes } = app.project.document.graph;
  const added = nodes.slice(5).map(({ id }) => id);
  expect([...app.selection.nodes]).toEqual(added);
  expect(edges.at(-1)).toEqual({ from: added[0], to: added[1] });
});

test('what the document lost is no longer selected', async () => {
  const { app } = await opened();
  app.selection.select(['h1'], ['h1→h2']);
  await commands.delete_selection.run(app);
  app.selection.select(['h1', 'h2'], ['h1→h2']);
  app.project.edit('Nothing', (document) => setName(document, 'X'));
  expect([[...app.selection.nodes], [...app.selection.edges]]).toEqual([['h2'], []]);
});

test('without a host nothing that needs one is enabled', () => {
  const app = new AppState({ document: twoSpirals.document, keep, systemDark: false });
  const needy = [commands.train, commands.pause, commands.step, commands.reset, commands.export_weights];
  expect(needy.map((command) => isEnabled(command, app))).toEqual([false, false, false, false, false]);
});

test('a run that fails says why, once', async () => {
  const { app, host } = await opened();
  await commands.train.run(app);
  const last = { ...quietProgress, status: 'failed' as const, reason: 'the loss is not a finite number' };
  host.emitTraining(last);
  host.emitTraining(last);
  await vi.advanceTimersByTimeAsync(500);
  expect(app.notices.list.map(({ kind, text }) => [kind, text])).toEqual([
    ['error', 'the loss is not a finite number'],
  ]);
});

test('in Electron a project is opened by the system, and saved where it lies', async () => {
  const bytes = new TextEncoder().encode(JSON.stringify(setName(twoSpirals.document, 'From a file')));
  const places: unknown[] = [];
  const { app } = await opened({
    app: {
      info: () => ({ kind: 'electron', version: '0', nodeVersion: '24', engine: 'up', persistent: true }),
      openFile: () => ({ name: 'mine.netloom.json', bytes, path: '/home/me/mine.netloom.json' }),
      saveFile: ({ to }) => {
        places.push(to);
        return { path: '/home/me/mine.netloom.json' };
      },
    },
  });
  await commands.open_project.run(app);
  expect([app.project.document.name, app.project.isSaved]).toEqual(['From a file', true]);
  app.project.edit('Rename', (document) => setName(document, 'Renamed'));
  await commands.save_project.run(app);
  expect([places, app.project.isSaved]).toEqual([['/home/me/mine.netloom.json'], true]);
});

test('a file that is no project leaves the open one as it is', async () => {
  const { app } = await opened({
    app: {
      info: () => ({ kind: 'electron', version: '0', nodeVersion: '24', engine: 'up', persistent: true }),
      openFile: () => ({ name: 'x.json', bytes: new Uint8Array([123]), path: '/home/me/x.json' }),
    },
  });
  const before = app.project.document;
  await expect(commands.open_project.run(app)).rejects.toMatchObject({ code: 'file.not_json' });
  expect([app.project.document, app.project.file]).toEqual([before, null]);
});

test('weights that are no numbers are exported only when the person says so', async () => {
  const asked: boolean[] = [];
  const { app } = await opened({
    app: {
      info: () => ({ kind: 'electron', version: '0', nodeVersion: '24', engine: 'up', persistent: true }),
      beginFile: ({ name }) => ({ file: 'file-1', path: `/home/me/${name}` }),
    },
    runs: {
      exportWeights: ({ allowNonFinite }) => {
        asked.push(allowNonFinite);
        if (!allowNonFinite) throw new AppError('weights.not_finite', { key: 'h1.weight' });
        return { name: 'weights.json', leftOut: null };
      },
    },
  });
  await commands.train.run(app);
  await commands.export_weights.run(app);
  const [refusal] = app.notices.list;
  refusal?.action?.run();
  await vi.advanceTimersByTimeAsync(100);
  expect([asked, refusal?.action?.label, app.notices.list.at(-1)?.text]).toEqual([
    [false, true],
    'Export anyway',
    'Exported weights to /home/me/weights.json',
  ]);
});

test('a long export shows how far it is; cancelled, nothing of it is left', async () => {
  const PART_MS = 1000;
  const left: string[] = [];
  const { app } = await opened({
    app: {
      info: () => ({ kind: 'electron', version: '0', nodeVersion: '24', engine: 'up', persistent: true }),
      beginFile: () => ({ file: 'file-1', path: '/home/me/weights.json' }),
      dropFile: ({ file }) => {
        left.push(file);
        return null;
      },
    },
    data: {
      cancel: ({ job }) => {
        left.push(job);
        return null;
      },
    },
    runs: {
      exportPart: async ({ part }) => {
        await new Promise((resolve) => setTimeout(resolve, PART_MS));
        return { bytes: new Uint8Array([1]), share: (part + 1) / 10, isLast: false };
      },
    },
  });
  await commands.train.run(app);
  const exporting = Promise.resolve(commands.export_weights.run(app));
  await vi.advanceTimersByTimeAsync(2.5 * PART_MS);
  const [shown] = app.notices.list;
  expect([shown?.text, shown?.share, shown?.action?.label]).toEqual(['Exporting the network …', 0.2, 'Cancel']);
  shown?.action?.run();
  await exporting; // at once, while a part is on its way
  expect(app.notices.list.map(({ text }) => text)).toEqual(['The export was cancelled']);
  await vi.advanceTimersByTimeAsync(PART_MS);
  expect(left.toSorted()).toEqual(['file-1', ...left.filter((job) => job.startsWith('job-'))]);
  expect(left.length).toBeGreaterThan(1);
});

const trained = {
  id: 'run-7',
  name: 'Two spirals',
  status: 'done',
  reason: null,
  createdAt: 0,
  updatedAt: 0,
  epoch: 3,
  epochs: 300,
  step: 24,
  bestEpoch: 3,
  last: null,
  best: null,
  parameterCount: 337,
  notes: '',
  tags: [],
  sparkline: [],
} as const;

test('a window opens on the run that its document was trained in last', async () => {
  const { document } = twoSpirals;
  const { app } = await opened({
    runs: { list: () => ({ runs: [trained], total: 1 }), get: () => ({ ...trained, document }) },
  });
  expect([app.run.runId, app.run.status, app.isStale]).toEqual(['run-7', 'done', false]);
});

test('the last run of another document is left alone', async () => {
  const document = setParam(twoSpirals.document, 'h1', 'units', 3);
  const { app } = await opened({
    runs: { list: () => ({ runs: [trained], total: 1 }), get: () => ({ ...trained, document }) },
  });
  expect(app.run.status).toBe('idle');
});

test('a network that does not fit the data is offered to be fitted, and training goes on from there', async () => {
  const { app, host } = await opened();
  const wide = { kind: 'inline', task: 'regression', inputs: [[1, 2, 3]], targets: [7] };
  app.project.edit('Use data', (document) => setData(document, wide));
  await commands.train.run(app);
  const [offer] = app.notices.list;
  expect([offer?.action?.label, host.calls.includes('training.start')]).toEqual(['Fit network and go on', false]);
  offer?.action?.run();
  expect([app.project.undoLabel, app.project.errors]).toEqual(['Fit network to data', []]);
  await vi.waitFor(() => expect(host.calls).toContain('training.start'));
  expect(app.notices.list).toEqual([]);
});

test('an offer to fit the network goes when the document is another', async () => {
  const { app } = await opened();
  const wide = { kind: 'inline', task: 'regression', inputs: [[1, 2, 3]], targets: [7] };
  app.project.edit('Use data', (document) => setData(document, wide));
  await commands.train.run(app);
  expect(app.notices.list).toHaveLength(1);
  app.project.undo();
  expect(app.notices.list).toEqual([]);
});

test('errors stop training and are listed with their layer; what is merely unwise is listed once and stops nothing', async () => {
  const { app, host } = await opened();
  app.project.edit('Set units', (document) => setParam(document, 'h1', 'units', 0));
  await expect(commands.train.run(app)).rejects.toMatchObject({ code: 'graph.problems' });
  expect([app.surfaces.showProblems, app.selection.node, host.calls.includes('training.start')]).toEqual([
    true,
    'h1',
    false,
  ]);
  app.project.undo();
  app.surfaces.showProblems = false;

  const unwise = { optimizer: { type: 'sgd', learning_rate: 10 }, regularization: { l2: 1 } };
  app.project.edit('Set rate', (document) => setTraining(document, unwise));
  await commands.train.run(app);
  expect([app.surfaces.showProblems, host.calls.includes('training.start')]).toEqual([true, true]);
  app.surfaces.showProblems = false;
  await app.run.reset();
  await commands.train.run(app);
  expect(app.surfaces.showProblems).toBe(false);
});

const divergedRun: RunDetail = {
  id: 'run-1',
  name: 'Two spirals',
  status: 'diverged',
  reason: 'training stopped at step 7',
  createdAt: 0,
  updatedAt: 0,
  epoch: 0,
  epochs: 300,
  step: 6,
  bestEpoch: null,
  last: null,
  best: null,
  parameterCount: 337,
  notes: '',
  tags: [],
  sparkline: [],
  document: twoSpirals.document,
};

test('after a divergence the run goes on from its last sound state at a tenth of the rate', async () => {
  const asked: unknown[] = [];
  const resumeRun = (args: unknown) => {
    asked.push(args);
    return { runId: 'run-1' };
  };
  const { app, host } = await opened({ training: { resumeRun }, runs: { get: () => divergedRun } });
  await app.run.start(app.project.document);
  host.emitTraining({ ...quietProgress, status: 'diverged', reason: 'training stopped at step 7', learningRate: 0.5 });
  await vi.advanceTimersByTimeAsync(300);
  expect(app.notices.list).toEqual([]); // the banner says it
  await continueSmaller(app);
  expect(asked).toEqual([{ runId: 'run-1', learningRate: 0.05 }]);
  expect(app.run.rateMarks).toMatchObject([{ value: 0.05 }]);
  expect(smallerRate({ learningRate: 1e30 })).toBe(1e29);
});

test('after a divergence a rate above the usual one can be taken back to it, in one step back', async () => {
  const { app } = await opened({ runs: { get: () => divergedRun } });
  expect(usualRate(app.project.document)).toBe(0.001);
  await usualRateAndTrain(app);
  expect(app.run.document?.training.optimizer).toEqual({ type: 'adam', learning_rate: 0.001 });
  expect([usualRate(app.project.document), app.project.undoLabel]).toEqual([null, 'Set learning rate to 0.001']);
});

test('unscaled columns are known from the preview', () => {
  const preview = {
    ...emptyPreview,
    inputNames: ['age', 'colour'],
    fedNames: ['age', 'colour=red', 'colour=blue'],
    points: { inputs: Float32Array.of(20, 0, 90, 1), targets: new Float32Array(2), validation: new Uint8Array(2) },
  };
  expect(fedRanges(preview)).toEqual([
    [20, 90],
    [0, 1],
    [0, 1],
  ]);
});
