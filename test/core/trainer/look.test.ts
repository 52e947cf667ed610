/** Looks into the network during a run: what they show, and that they leave the run alone. */
import { describe, expect, test } from 'vitest';
import { loadData } from '../../../src-core/datasets/load.ts';
import type { Graph, ProjectDocument } from '../../../src-core/graph/model.ts';
import { finish } from '../../../src-core/lib/turns.ts';
import { createNetwork } from '../../../src-core/runtime/network.ts';
import { twoSpirals } from '../../../src-core/templates/two-spirals.ts';
import type { Trainer } from '../../../src-core/trainer/define.ts';
import { createTrainer } from '../../../src-core/trainer/trainer.ts';

const base = twoSpirals.document;
const document: ProjectDocument = {
  ...base,
  data: { ...base.data, samples: 100 },
  training: { ...base.training, batch_size: 16, epochs: 4 },
};
const EVERYTHING = { nodes: ['in', 'h1', 'h2'], weights: 'h1', rows: 1024, turnRows: 64 };

async function start(weights?: ReadonlyMap<string, readonly number[]>): Promise<Trainer> {
  const data = await loadData(document.data, () => Promise.reject(new Error('no file')));
  return createTrainer({
    document,
    data,
    backend: 'fast',
    ...(weights ? { weights: { values: weights, shapes: new Map() } } : {}),
  });
}

const backends = [
  { title: 'reference', options: { backend: 'reference' } },
  { title: 'fast', options: { backend: 'fast' } },
  { title: 'fast without WebAssembly', options: { backend: 'fast', kernels: 'typescript' } },
] as const;

test.each(backends)('every node of a network can be read on the $title backend', ({ options }) => {
  const graph: Graph = {
    nodes: [
      { id: 'in', type: 'input', params: { shape: [2] } },
      { id: 'a', type: 'dense', params: { units: 3, activation: 'relu' } },
      { id: 'b', type: 'dense', params: { units: 1 } },
      { id: 'y', type: 'output', params: {} },
    ],
    edges: [
      { from: 'in', to: 'a' },
      { from: 'a', to: 'b' },
      { from: 'b', to: 'y' },
    ],
  };
  const network = createNetwork({ graph, batchSize: 1, keepsNodes: true, ...options });
  network.write('a.weight', [1, 0, 0, 1, 1, -1]);
  network.write('a.bias', [0, 1, 0]);
  network.write('b.weight', [1, 2, 3]);
  network.write('b.bias', [0.5]);
  // Worked out by hand: relu(x1), relu(x2 + 1), relu(x1 − x2); then 1, 2, 3 times these plus a half.
  const found = network.activations(['in', 'a', 'b', 'none'], Float64Array.of(2, -3, -1, 4), 2);
  expect([...found]).toEqual([
    ['in', { shape: [2], values: Float64Array.of(2, -3, -1, 4) }],
    ['a', { shape: [3], values: Float64Array.of(2, 0, 5, 0, 5, 0) }],
    ['b', { shape: [1], values: Float64Array.of(17.5, 10.5) }],
  ]);
});

describe('a look', () => {
  test('maps the inputs as the plane has them: x1 grows to the right, x2 grows upwards', async () => {
    const { nodes, resolution } = finish((await start()).look(EVERYTHING));
    const maps = nodes.find(({ node }) => node === 'in')?.maps ?? new Uint8Array();
    expect(resolution).toBe(24);
    expect(maps).toHaveLength(2 * 24 * 24);
    const at = (unit: number, row: number, column: number) => maps[(unit * 24 + row) * 24 + column] ?? NaN;
    expect(at(0, 5, 23)).toBeGreaterThan(at(0, 5, 0));
    expect(at(0, 5, 7)).toBe(at(0, 19, 7));
    expect(at(1, 23, 5)).toBeGreaterThan(at(1, 0, 5));
    expect(at(1, 7, 5)).toBe(at(1, 7, 19));
  });

  test('draws any page of units, in the scale of all of them', async () => {
    const graph: Graph = {
      ...base.graph,
      nodes: base.graph.nodes.map((node) => (node.id === 'h1' ? { ...node, params: { units: 70 } } : node)),
    };
    const data = await loadData(document.data, () => Promise.reject(new Error('no file')));
    const trainer = createTrainer({ document: { ...document, graph }, data, backend: 'fast' });
    const page = (from: number) =>
      finish(trainer.look({ ...EVERYTHING, units: { node: 'h1', from, count: 64 } })).unitPage ?? {
        maps: new Uint8Array(),
      };
    const { nodes } = finish(trainer.look(EVERYTHING));
    const first = nodes.find(({ node }) => node === 'h1')?.maps ?? new Uint8Array();
    expect(page(0).maps).toHaveLength(64 * 24 * 24);
    expect(page(0).maps.slice(0, first.length)).toEqual(first);
    expect(page(64)).toMatchObject({ node: 'h1', from: 64 });
    expect(page(64).maps).toHaveLength(6 * 24 * 24);
    expect(page(62).maps.slice(2 * 24 * 24)).toEqual(page(64).maps);
    expect(finish(trainer.look({ ...EVERYTHING, units: { node: 'h1', from: 70, count: 64 } })).unitPage).toBeNull();
    expect(finish(trainer.look({ ...EVERYTHING, units: { node: 'out', from: 0, count: 64 } })).unitPage).toBeNull(); // not among the nodes
  });

  test('finds the units that answer the same to everything, and the mean size of the weights', async () => {
    const weights = new Map((await start()).weights('last'));
    const flat = new Map([...weights].map(([key, values]) => [key, [...values]]));
    const matrix = flat.get('h1.weight') ?? [];
    flat.set(
      'h1.weight',
      matrix.map((_, i) => (i < 8 ? 0 : i % 2 === 0 ? 0.5 : -0.25)),
    ); // four units of two inputs
    const [h1] = finish((await start(flat)).look({ nodes: ['h1'], weights: null, rows: 1024, turnRows: 7 })).nodes;
    expect(matrix).toHaveLength(32);
    expect(h1).toMatchObject({ unitCount: 16, deadShare: 4 / 16 });
    expect(h1?.meanWeight).toBeCloseTo((24 * 0.375) / 32, 6); // float32
    expect(h1?.gradientNorm).toBeGreaterThan(0);
  });

  test('brings the tensors of one node in the order of files', async () => {
    const trainer = await start();
    const { tensors } = finish(trainer.look(EVERYTHING));
    expect(tensors.map(({ key, shape }) => [key, shape])).toEqual([
      ['h1.bias', [16]],
      ['h1.weight', [16, 2]],
    ]);
    expect(tensors[1]?.values).toEqual(trainer.weights('last').get('h1.weight'));
  });

  test('with few rows to spend leaves the maps out', async () => {
    const { nodes, resolution } = finish((await start()).look({ ...EVERYTHING, rows: 70 }));
    expect(resolution).toBe(0);
    expect(nodes.map(({ maps }) => maps)).toEqual([null, null, null]);
  });

  test('changes nothing: a run that was looked into ends with the same bytes', async () => {
    const [watched, alone] = [await start(), await start()];
    while (watched.status === 'ready') {
      finish(watched.look(EVERYTHING));
      watched.advance(2);
    }
    while (alone.status === 'ready') alone.advance(3);
    expect(watched.checkpoint()).toEqual(alone.checkpoint());
  });

  test('of a network that takes ids draws no plane', async () => {
    const graph: Graph = {
      nodes: [
        { id: 'in', type: 'input', params: { shape: [2] } },
        { id: 'e', type: 'embedding', params: { vocabulary: 3, dims: 4 } },
        { id: 'f', type: 'flatten', params: {} },
        { id: 'd', type: 'dense', params: { units: 1, activation: 'sigmoid' } },
        { id: 'y', type: 'output', params: {} },
      ],
      edges: [
        { from: 'in', to: 'e' },
        { from: 'e', to: 'f' },
        { from: 'f', to: 'd' },
        { from: 'd', to: 'y' },
      ],
    };
    const csv = new TextEncoder().encode('a,b,class\n0,1,no\n2,0,yes\n1,2,yes\n0,0,no\n');
    const spec = { kind: 'csv', path: 'ids.csv', inputs: ['a', 'b'], target: ['class'], task: 'binary' };
    const ids: ProjectDocument = { ...document, graph, data: spec };
    const trainer = createTrainer({
      document: ids,
      data: await loadData(spec, () => Promise.resolve(csv)),
      backend: 'fast',
    });
    const { nodes, resolution } = finish(trainer.look({ nodes: ['e', 'd'], weights: null, rows: 1024, turnRows: 64 }));
    expect([resolution, nodes.map(({ node }) => node)]).toEqual([0, ['e', 'd']]);
  });
});
