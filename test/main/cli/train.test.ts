/** `netloom train`: results, history, keeping, interrupting, going on after a kill. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import { storeFile } from '../../../src-main/store/folder.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { cli, freshFolder, startCli } from './run-cli.ts';

interface Changes {
  readonly training?: object;
  readonly dropout?: boolean;
}

function writeProject(folder: string, { training = {}, dropout = false }: Changes = {}): void {
  const { graph, ...rest } = twoSpirals.document;
  const withDropout = {
    nodes: [...graph.nodes, { id: 'drop', type: 'dropout', params: { rate: 0.2 } }],
    edges: [...graph.edges.filter(({ from }) => from !== 'h1'), { from: 'h1', to: 'drop' }, { from: 'drop', to: 'h2' }],
  };
  const document = { ...rest, graph: dropout ? withDropout : graph, training: { ...rest.training, ...training } };
  writeFileSync(join(folder, 'p.json'), JSON.stringify(document));
}
const lines = (folder: string, file: string) =>
  readFileSync(join(folder, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const runIdIn = (text: string) => /run ([0-9a-f-]+):/.exec(text)?.[1] ?? '';
const read = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');

test('trains the two spirals to 95 % and takes the weights home', async () => {
  const folder = freshFolder();
  const { code, out } = await cli(folder, 'train', 'two-spirals', '--weights-out', 'spiral.json', '--json');
  const result = JSON.parse(out) as Record<string, number | string>;
  expect([code, result['status'], result['epoch']]).toEqual([0, 'done', 300]);
  expect(result['val_accuracy']).toBeGreaterThanOrEqual(0.95);
  expect(statSync(join(folder, 'spiral.json')).size).toBeGreaterThan(1000);
});

test('writes a line an epoch, or also one a step, counted from 1', async () => {
  const folder = freshFolder();
  writeProject(folder, { training: { epochs: 2, batch_size: 100 } });
  await cli(folder, 'train', 'p.json', '--no-store', '--history', 'e.jsonl');
  await cli(folder, 'train', 'p.json', '--no-store', '--history', 's.jsonl', '--every', 'step');
  const epochs = lines(folder, 'e.jsonl');
  expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
    [1, 3],
    [2, 6],
  ]);
  expect(Object.keys(epochs[0] ?? {})).toEqual(['epoch', 'step', 'loss', 'val_loss', 'accuracy', 'val_accuracy']);
  const steps = lines(folder, 's.jsonl');
  expect(steps.map(({ epoch, step, end }) => [epoch, step, end])).toEqual([
    [1, 1, undefined],
    [1, 2, undefined],
    [1, 3, undefined],
    [1, 3, 'epoch'],
    [2, 4, undefined],
    [2, 5, undefined],
    [2, 6, undefined],
    [2, 6, 'epoch'],
  ]);
  expect(existsSync(join(folder, 'home'))).toBe(false);
});

describe.each([
  ['adam', { type: 'adam', learning_rate: 0.01 }],
  ['sgd', { type: 'sgd', learning_rate: 0.1, momentum: 0.9 }],
] as const)('killed while it trains with %s and dropout', (_, optimizer) => {
  test('goes on to the very weights and history of a run that was left alone', async () => {
    const folder = freshFolder();
    writeProject(folder, { training: { optimizer, epochs: 1200 }, dropout: true });
    await cli(
      folder,
      'train',
      'p.json',
      '--no-store',
      '--history',
      'a.jsonl',
      '--weights-out',
      'a.json',
      '--every',
      'step',
    );
    const killed = startCli(folder, 'train', 'p.json', '--history', 'b.jsonl', '--every', 'step');
    await killed.until('epochs');
    await waitForSavedEpoch(folder);
    killed.kill('SIGKILL');
    const { code, err } = await killed.said;
    expect(code).toBe(null);
    const resumed = await cli(
      folder,
      'train',
      'p.json',
      '--resume',
      runIdIn(err),
      '--history',
      'b.jsonl',
      '--weights-out',
      'b.json',
      '--every',
      'step',
    );
    expect(resumed.code).toBe(0);
    expect(Number(/going on after epoch (\d+)/.exec(resumed.err)?.[1])).toBeGreaterThan(0);
    expect(read(folder, 'b.json')).toBe(read(folder, 'a.json'));
    expect(read(folder, 'b.jsonl')).toBe(read(folder, 'a.jsonl'));
  });
});

/** Looks into the store until a state of the middle of its one run is saved. */
async function waitForSavedEpoch(folder: string): Promise<void> {
  const store = openStore({ file: storeFile(join(folder, 'home')) });
  const savedEpoch = async () => {
    const [run] = store.listRuns({ limit: 1 }).runs;
    return run === undefined ? 0 : ((await store.loadCheckpoint(run.id, 'last'))?.epoch ?? 0);
  };
  while ((await savedEpoch()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  store.close();
}

/** Looks every few milliseconds until the file has so many lines. */
async function waitForLines(path: string, count: number): Promise<void> {
  while (!existsSync(path) || readFileSync(path, 'utf8').split('\n').length <= count) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('Ctrl-C saves first, ends with 130, and the run can go on', async () => {
  const folder = freshFolder();
  writeProject(folder, { training: { epochs: 100_000 } });
  const running = startCli(folder, 'train', 'p.json', '--weights-out', 'w.json', '--history', 'h.jsonl');
  await waitForLines(join(folder, 'h.jsonl'), 20);
  running.kill('SIGINT');
  const { code, err } = await running.said;
  expect(code).toBe(130);
  expect(existsSync(join(folder, 'w.json'))).toBe(true);
  const id = runIdIn(err);
  const shown = JSON.parse((await cli(folder, 'runs', 'show', id, '--json')).out) as { status: string; epoch: number };
  expect(shown.status).toBe('stopped');
  const more = await cli(folder, 'train', 'p.json', '--resume', id, '--epochs', String(shown.epoch + 2), '--json');
  expect(JSON.parse(more.out)).toMatchObject({ status: 'done', epoch: shown.epoch + 2 });
});

test('a resumed run of other settings is refused', async () => {
  const folder = freshFolder();
  writeProject(folder, { training: { epochs: 1 } });
  const { err } = await cli(folder, 'train', 'p.json');
  writeProject(folder, { training: { epochs: 1, batch_size: 7 } });
  const resumed = await cli(folder, 'train', 'p.json', '--resume', runIdIn(err));
  expect([resumed.code, resumed.err.trim()]).toEqual([
    1,
    'netloom: saved state: made with another network or other training settings; start a new run instead',
  ]);
});

test('divergence is one clear line, exit code 1 and a kept run', async () => {
  const folder = freshFolder();
  writeProject(folder, {
    training: {
      optimizer: { type: 'sgd', learning_rate: 1e30 },
      loss: 'mean_squared_error',
      regularization: { l2: 1 },
    },
  });
  const { code, err } = await cli(folder, 'train', 'p.json', '--json');
  expect(code).toBe(1);
  expect(err).toMatch(
    /training stopped at step \d+: (the (loss|output|gradient) .+|\w+\.(weight|bias) after the \w+ update) is not a finite number; the learning rate 1e\+30 is likely too large/,
  );
  expect(err).not.toMatch(/\n\s+at /);
  const [run] = JSON.parse((await cli(folder, 'runs', 'list', '--json')).out) as { status: string }[];
  expect(run?.status).toBe('diverged');
});

test('starting weights are taken from a weights file', async () => {
  const folder = freshFolder();
  writeProject(folder, { training: { epochs: 3 } });
  await cli(folder, 'train', 'p.json', '--no-store', '--weights-out', 'w3.json', '--history', 'h.jsonl');
  await cli(
    folder,
    'train',
    'p.json',
    '--no-store',
    '--weights-in',
    'w3.json',
    '--epochs',
    '1',
    '--history',
    'h2.jsonl',
  );
  const [fresh, , third] = lines(folder, 'h.jsonl');
  const [more] = lines(folder, 'h2.jsonl');
  expect(Number(more?.['loss'])).toBeLessThan(Number(fresh?.['loss']));
  expect(Number(more?.['loss'])).toBeLessThan(Number(third?.['loss']) * 1.05);
});
