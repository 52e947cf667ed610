/** The networks and data that speed is measured on: fixed, seeded, the same for every peer. */
import type { Graph, TrainingSpec } from '../../src-core/graph/model.ts';
import type { JsonObject } from '../../src-core/lib/json.ts';

export interface Workload {
  readonly name: string;
  readonly summary: string;
  /** What is counted: rows trained on, or rows (products) computed forwards. */
  readonly kind: 'train' | 'forward';
  readonly unit: string;
  readonly graph: Graph;
  readonly training: TrainingSpec;
  readonly batchSize: number;
  /** Counted things per row of a forward workload. */
  readonly perRow: number;
  readonly rows: () => BenchRows;
}

export interface BenchRows {
  readonly count: number;
  readonly inputs: Float32Array;
  /** One-hot where there are classes. */
  readonly targets: Float32Array;
}

type Layer = readonly [type: string, params: JsonObject];

function chain(shape: readonly number[], layers: readonly Layer[]): Graph {
  const nodes = [
    { id: 'in', type: 'input', params: { shape } },
    ...layers.map(([type, params], i) => ({ id: `n${i}`, type, params })),
    { id: 'y', type: 'output', params: {} },
  ];
  return { nodes, edges: nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id ?? '', to: id })) };
}

const init = 'he_uniform';
const dense = (units: number, activation: string): Layer => ['dense', { units, activation, weight_init: init }];
const conv = (filters: number): Layer => [
  'conv2d',
  { filters, kernel_size: [3, 3], padding: 'same', activation: 'relu', weight_init: init },
];

/** Uniform numbers in [0, 1): mulberry32, by Tommy Ettinger (public domain), which every peer's script has too. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Mean 0, variance 1. */
const centred = (next: () => number): number => (next() * 2 - 1) * Math.sqrt(3);

/** Two interleaved arms in [−5, 5]², classes ±1, shuffled. */
function spiral(count: number, seed: number): BenchRows {
  const next = mulberry(seed);
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  const [inputs, targets] = [new Float32Array(count * 2), new Float32Array(count)];
  const half = count / 2;
  for (let i = 0; i < count; i++) {
    const arm = i < half ? 0 : 1;
    const along = (i - arm * half) / half;
    const angle = 1.75 * along * 2 * Math.PI + arm * Math.PI;
    const at = order[i] ?? 0;
    inputs.set([along * 5 * Math.sin(angle), along * 5 * Math.cos(angle)], at * 2);
    targets[at] = arm === 0 ? 1 : -1;
  }
  return { count, inputs, targets };
}

function oneHot(labels: readonly number[], classes: number): Float32Array {
  const targets = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => (targets[row * classes + label] = 1));
  return targets;
}

/** Random rows; the class is the largest output of a random linear map. */
function teacher(count: number, width: number, classes: number, seed: number): BenchRows {
  const next = mulberry(seed);
  const map = Float32Array.from({ length: width * classes }, () => centred(next));
  const inputs = Float32Array.from({ length: count * width }, () => centred(next));
  const labels = Array.from({ length: count }, (_, row) => {
    let [best, label] = [-Infinity, 0];
    for (let c = 0; c < classes; c++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += (inputs[row * width + k] ?? 0) * (map[k * classes + c] ?? 0);
      if (sum > best) [best, label] = [sum, c];
    }
    return label;
  });
  return { count, inputs, targets: oneHot(labels, classes) };
}

/** A prototype per class plus noise. */
function prototypes(count: number, width: number, classes: number, seed: number): BenchRows {
  const next = mulberry(seed);
  const prototype = Float32Array.from({ length: width * classes }, () => centred(next));
  const inputs = new Float32Array(count * width);
  const labels = Array.from({ length: count }, (_, row) => {
    const label = Math.floor(next() * classes);
    for (let k = 0; k < width; k++) inputs[row * width + k] = 0.5 * (prototype[label * width + k] ?? 0) + centred(next);
    return label;
  });
  return { count, inputs, targets: oneHot(labels, classes) };
}

/** The points of a square grid over [−6, 6]². */
function grid(side: number): BenchRows {
  const at = (i: number) => -6 + (12 * i) / (side - 1);
  const inputs = Float32Array.from({ length: side * side * 2 }, (_, i) => {
    const point = Math.floor(i / 2);
    return at(i % 2 === 0 ? Math.floor(point / side) : point % side);
  });
  return { count: side * side, inputs, targets: new Float32Array(side * side) };
}

const GEMM = 512;
/** Products of one pass: enough that copying rows in and out does not count. */
const GEMM_LAYERS = 16;

const small = chain([2], [dense(8, 'tanh'), dense(8, 'tanh'), dense(1, 'tanh')]);
const smallTraining: TrainingSpec = {
  loss: 'mean_squared_error',
  optimizer: { type: 'sgd', learning_rate: 0.03 },
  seed: 7,
};
const classes: TrainingSpec = { loss: 'cross_entropy', optimizer: { type: 'adam', learning_rate: 0.001 }, seed: 7 };

const training = (
  name: string,
  summary: string,
  batchSize: number,
  graph: Graph,
  spec: TrainingSpec,
  rows: () => BenchRows,
): Workload => ({
  name,
  summary,
  kind: 'train',
  unit: 'samples/s',
  graph,
  training: spec,
  batchSize,
  perRow: 1,
  rows,
});

export const workloads: readonly Workload[] = [
  training('W1', '2-8-8-1 tanh, batch 10, SGD', 10, small, smallTraining, () => spiral(250, 1)),
  training('W1b1', '2-8-8-1 tanh, batch 1, SGD', 1, small, smallTraining, () => spiral(250, 1)),
  training('W1b30', '2-8-8-1 tanh, batch 30, SGD', 30, small, smallTraining, () => spiral(250, 1)),
  training(
    'W2',
    '784-256-128-10 relu, softmax, batch 64, Adam',
    64,
    chain([784], [dense(256, 'relu'), dense(128, 'relu'), dense(10, 'softmax')]),
    classes,
    () => teacher(6400, 784, 10, 2),
  ),
  training(
    'W3',
    '28×28, two 3×3 convolutions of 16 and 32, softmax, batch 64, Adam',
    64,
    chain(
      [1, 28, 28],
      [conv(16), ['max_pool2d', {}], conv(32), ['max_pool2d', {}], ['flatten', {}], dense(10, 'softmax')],
    ),
    classes,
    () => prototypes(2560, 784, 10, 3),
  ),
  {
    name: 'W4',
    summary: `matrix products of ${GEMM}×${GEMM}×${GEMM}: ${GEMM_LAYERS} linear layers over ${GEMM} rows`,
    kind: 'forward',
    unit: 'products/s',
    graph: chain(
      [GEMM],
      Array.from({ length: GEMM_LAYERS }, (): Layer => [
        'dense',
        { units: GEMM, use_bias: false, weight_init: 'lecun_normal' },
      ]),
    ),
    training: smallTraining,
    batchSize: GEMM,
    perRow: GEMM_LAYERS / GEMM,
    rows: () => teacher(GEMM, GEMM, GEMM, 5),
  },
  training(
    'W5',
    '1024-1024-1024-10 relu, softmax, batch 256, SGD',
    256,
    chain([1024], [dense(1024, 'relu'), dense(1024, 'relu'), dense(10, 'softmax')]),
    { ...classes, optimizer: { type: 'sgd', learning_rate: 0.05 } },
    () => teacher(2560, 1024, 10, 4),
  ),
  {
    name: 'W6',
    summary: "outputs of W1's network over a grid of 100×100 points",
    kind: 'forward',
    unit: 'points/s',
    graph: small,
    training: smallTraining,
    batchSize: 100,
    perRow: 1,
    rows: () => grid(100),
  },
];
