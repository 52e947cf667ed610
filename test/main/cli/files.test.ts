/** Files that commands write and take: JSON about them on request, starting weights held to the network, wide tensors read back. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cli, freshFolder } from './run-cli.ts';

/** More values than any axis that a person may declare. */
const WIDTH = 90_000;

const chain = (shape: readonly number[], layers: readonly (readonly [id: string, type: string, params: object])[]) => {
  const nodes = [['in', 'input', { shape }] as const, ...layers, ['y', 'output', {}] as const];
  return {
    nodes: nodes.map(([id, type, params]) => ({ id, type, params })),
    edges: nodes.slice(1).map(([to], i) => ({ from: nodes[i]?.[0], to })),
  };
};
const project = (graph: object, inputs: readonly (readonly number[])[], training: object = {}) => ({
  format: 'netloom-project',
  version: 1,
  name: 'small',
  graph,
  data: { kind: 'inline', task: 'regression', inputs, targets: inputs.map((_, i) => [i]) },
  training: { loss: 'mean_squared_error', optimizer: { type: 'sgd', learning_rate: 1e-6 }, epochs: 1, ...training },
});

let folder: string;
const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value));
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;
const bare = (tensors: object) => ({ format: 'netloom-weights', version: 1, tensors });
const normed = chain(
  [2],
  [
    ['h', 'dense', { units: 3 }],
    ['n', 'batch_norm', {}],
    ['out', 'dense', { units: 1 }],
  ],
);

beforeAll(async () => {
  folder = freshFolder();
  write('p.json', project(normed, [[1, 2], [3, 5], [0, 1]])); // prettier-ignore
  const { code, err } = await cli(folder, 'train', 'p.json', '--weights-out', 'w.json');
  if (code !== 0) throw new Error(err);
});

describe('starting weights', () => {
  test.each([['train', '--no-store'], ['gradients']])(
    'of another shape are refused by %s, naming the tensor',
    async (...words) => {
      const tensors = read('w.json')['tensors'] as Record<string, { shape: number[] }>;
      write('turned.json', bare({ ...tensors, 'h.weight': { ...tensors['h.weight'], shape: [2, 3] } }));
      const { code, err } = await cli(folder, ...words, 'p.json', '--weights-in', 'turned.json');
      expect([code, err]).toEqual([1, 'netloom: weights: tensor h.weight: expected shape [3, 2], got [2, 3]\n']);
    },
  );

  test('may leave running statistics out, which then start as they always do', async () => {
    const tensors = Object.entries(read('w.json')['tensors'] as object).filter(([key]) => !key.includes('running'));
    write('trained.json', bare(Object.fromEntries(tensors)));
    const { code } = await cli(folder, 'train', 'p.json', '--no-store', '--weights-in', 'trained.json', '--weights-out', 'again.json'); // prettier-ignore
    const statistics = (name: string) =>
      (read(name)['tensors'] as Record<string, { data: number[] }>)['n.running_var']?.data.length;
    expect([code, statistics('again.json')]).toEqual([0, 3]);
  });
});

test('a tensor wider than any declared axis is read back', async () => {
  const graph = chain([1, 300, 300], [['flat', 'flatten', {}], ['out', 'dense', { units: 1 }]]); // prettier-ignore
  write('wide.json', project(graph, [Array.from({ length: WIDTH }, (_, i) => (i % 7) / 7)]));
  await cli(folder, 'train', 'wide.json', '--no-store', '--weights-out', 'wide-w.json');
  const { code, err } = await cli(folder, 'export', 'wide-w.json', '--format', 'json', '--out', 'wide-2.json');
  expect([code, err]).toEqual([0, 'wrote wide-2.json\n']);
});

test('what was written or deleted is said as JSON on request', async () => {
  const [run] = JSON.parse((await cli(folder, 'runs', 'list', '--json')).out) as { id: string }[];
  const id = run?.id ?? '';
  const exported = await cli(folder, 'export', 'w.json', '--format', 'onnx', '--out', 'w.onnx', '--json');
  const kept = await cli(folder, 'runs', 'export', id, '--out', 'kept.json', '--json');
  const deleted = await cli(folder, 'runs', 'delete', id, '--json');
  const size = (name: string) => readFileSync(join(folder, name)).length;
  expect([exported, kept, deleted].map(({ out }) => JSON.parse(out) as unknown)).toEqual([
    { file: 'w.onnx', bytes: size('w.onnx') },
    { file: 'kept.json', bytes: size('kept.json') },
    { deleted: [id] },
  ]);
});
