/** The memory a run will take, foretold from its plan, beside what the engine then takes. */
import { describe, expect, test } from 'vitest';
import type { Graph, TrainingSpec } from '../../../src-core/graph/model.ts';
import { supportedBuilds } from '../../../src-core/kernels/wasm/module.ts';
import type { JsonObject } from '../../../src-core/lib/json.ts';
import { trainingBytes } from '../../../src-core/runtime/memory.ts';
import { createNetwork } from '../../../src-core/runtime/network.ts';

const MEBIBYTE = 2 ** 20;
/** What the estimate may be off, for networks above 64 MiB. */
const PROMISED = 0.15;

type Layer = readonly [type: string, params: JsonObject];

function chain(shape: readonly number[], ...layers: readonly Layer[]): Graph {
  const nodes = [
    { id: 'in', type: 'input', params: { shape } },
    ...layers.map(([type, params], i) => ({ id: `n${i}`, type, params })),
    { id: 'y', type: 'output', params: {} },
  ];
  return { nodes, edges: nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id ?? '', to: id })) };
}

const dense = (units: number, activation = 'relu'): Layer => ['dense', { units, activation }];
const conv = (filters: number, more: JsonObject = {}): Layer => [
  'conv2d',
  { filters, kernel_size: [3, 3], activation: 'relu', padding: 'same', ...more },
];
const head = dense(10, 'softmax');

const networks: readonly [name: string, graph: Graph, batchSize: number, optimizer: string][] = [
  ['a wide perceptron', chain([784], dense(2048), dense(2048), head), 64, 'adam'],
  ['a large batch', chain([100], dense(1024), dense(1024, 'tanh'), head), 8192, 'adam'],
  ['convolutions', chain([3, 64, 64], conv(32), conv(32), ['max_pool2d', {}], ['flatten', {}], head), 64, 'adam'],
  ['odd channels', chain([3, 96, 96], conv(5), conv(7), ['max_pool2d', {}], conv(9), ['flatten', {}], head), 96, 'sgd'],
  ['a small batch of images', chain([3, 128, 128], conv(32), conv(32), ['flatten', {}], head), 4, 'sgd'],
];

/** Bytes of the memory that the kernels have grown by the time the rows are bound. */
function measured(graph: Graph, training: TrainingSpec, batchSize: number, rowCount: number): number {
  const { Memory } = WebAssembly;
  const made: WebAssembly.Memory[] = [];
  WebAssembly.Memory = class extends Memory {
    constructor(size: WebAssembly.MemoryDescriptor) {
      super(size);
      made.push(this);
    }
  };
  try {
    const network = createNetwork({ graph, training, backend: 'fast', batchSize });
    const numbersOf = (shape: readonly number[]) => new Float32Array(rowCount * shape.reduce((a, b) => a * b, 1));
    network.bind({ count: rowCount, inputs: numbersOf(network.inputShape), targets: numbersOf(network.outputShape) });
    network.dispose();
  } finally {
    WebAssembly.Memory = Memory;
  }
  return made.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

describe.skipIf(supportedBuilds().length === 0)('the kernels in WebAssembly', () => {
  test.each(networks)('%s takes what was foretold, within 15 %%', (_, graph, batchSize, optimizer) => {
    const training: TrainingSpec = { loss: 'cross_entropy', optimizer: { type: optimizer } };
    const rowCount = 2 * batchSize;
    const foretold = trainingBytes({ graph, training, batchSize, rowCount });
    const taken = measured(graph, training, batchSize, rowCount);
    expect(foretold).toBeGreaterThan(64 * MEBIBYTE);
    expect(Math.abs(foretold / taken - 1)).toBeLessThan(PROMISED);
  });
});
