/**
 * How cost grows with width, depth, batch and rows: time per sample, memory of the buffers, time to compile; and how long the
 * workloads take to start, once their graph is there. One JSON line each.
 */
import type { Graph, TrainingSpec } from '../../src-core/graph/model.ts';
import { createNetwork } from '../../src-core/runtime/network.ts';
import { workloads, type Workload } from '../../src-main/cli/bench-workloads.ts';

const training: TrainingSpec = {
  loss: 'mean_squared_error',
  optimizer: { type: 'adam', learning_rate: 0.001 },
  seed: 1,
};
const RUN_MS = 300;
/** Promised for the start of a run. */
const MOST_START_MS = 50;

function perceptron(width: number, depth: number): Graph {
  const nodes = [
    { id: 'in', type: 'input', params: { shape: [width] } },
    ...Array.from({ length: depth }, (_, i) => ({
      id: `n${i}`,
      type: 'dense',
      params: { units: width, activation: 'tanh' },
    })),
    { id: 'y', type: 'output', params: {} },
  ];
  return { nodes, edges: nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id ?? '', to: id })) };
}

interface Point {
  readonly width: number;
  readonly depth: number;
  readonly batch: number;
  readonly rows: number;
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

function measure(axis: keyof Point, { width, depth, batch, rows }: Point): void {
  const numbers = Float32Array.from({ length: rows * width }, (_, i) => Math.sin(i));
  const start = performance.now();
  const network = createNetwork({ graph: perceptron(width, depth), training, backend: 'fast', batchSize: batch });
  const compileMs = performance.now() - start;
  network.initialize(1);
  network.bind({ count: rows, inputs: numbers, targets: numbers });
  const startMs = performance.now() - start;
  const order = Uint32Array.from({ length: rows }, (_, i) => i);
  const steps = Math.floor(rows / batch);
  let stepsBefore = 0;
  const epoch = () => {
    network.train({ order, from: 0, steps, stepsBefore, learningRate: 0.001 });
    stepsBefore += steps;
  };
  epoch();
  const from = cpuMs();
  const before = stepsBefore;
  while (cpuMs() - from < RUN_MS) epoch();
  const samples = (stepsBefore - before) * batch;
  const microseconds = ((cpuMs() - from) * 1000) / samples;
  const line = {
    axis,
    ...{ width, depth, batch, rows },
    us_per_sample: Number(microseconds.toPrecision(4)),
    memory_bytes: network.planBytes + rows * width * 2 * Float32Array.BYTES_PER_ELEMENT,
    compile_ms: Number(compileMs.toPrecision(3)),
    compile_ms_per_node: Number((compileMs / (depth + 2)).toPrecision(3)),
    start_ms: Number(startMs.toPrecision(3)),
  };
  console.log(JSON.stringify(line));
  network.dispose();
}

/** From the graph to the first step: compiled, first weights drawn, rows taken in. */
function measureStart({ name, graph, training: spec, batchSize, rows }: Workload): void {
  const data = rows();
  const moments = [performance.now()];
  const network = createNetwork({ graph, training: spec, backend: 'fast', batchSize });
  moments.push(performance.now());
  network.initialize(1);
  moments.push(performance.now());
  network.bind(data);
  moments.push(performance.now());
  network.dispose();
  const spans = moments.slice(1).map((moment, i) => Number((moment - (moments[i] ?? 0)).toPrecision(3)));
  const [compile, initialize, bind] = spans;
  const start = spans.reduce((sum, span) => sum + span, 0);
  const verdict = start <= MOST_START_MS ? 'held' : 'missed';
  const line = { workload: name, compile_ms: compile, initialize_ms: initialize, bind_ms: bind };
  console.log(JSON.stringify({ axis: 'start', ...line, start_ms: Number(start.toPrecision(3)), verdict }));
}

const base: Point = { width: 64, depth: 2, batch: 32, rows: 2048 };
for (const width of [16, 32, 64, 128, 256, 512, 1024]) measure('width', { ...base, width });
for (const depth of [1, 2, 4, 8, 16, 32, 64, 128, 500, 1000, 2000])
  measure('depth', { ...base, width: 16, depth, rows: 256 });
for (const batch of [1, 4, 16, 64, 256, 1024]) measure('batch', { ...base, batch });
for (const rows of [256, 1024, 4096, 16384, 65536]) measure('rows', { ...base, rows });
for (const workload of workloads.filter(({ kind }) => kind === 'train')) measureStart(workload);
