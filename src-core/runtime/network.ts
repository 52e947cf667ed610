/** A compiled network: the one way in which trainer, predictor and exporters compute. */
import { lower } from '../compile/lower.ts';
import { planMemory } from '../compile/plan.ts';
import { drawInitial } from '../initializers/registry.ts';
import type { Session } from '../kernels/backend.ts';
import type { Program, ProgramTensor, TrainingResults } from '../kernels/program.ts';
import { prepare } from '../kernels/registry.ts';
import { paysToShare } from '../kernels/wasm/threads.ts';
import { feedRows } from '../kernels/rows.ts';
import { assert, present } from '../lib/assert.ts';
import { AppError } from '../lib/errors.ts';
import type { Json } from '../lib/json.ts';
import type { Turns } from '../lib/turns.ts';
import { streamKey } from '../lib/random.ts';
import { gather, scatter } from '../tensor/layout.ts';
import { formatShape, sizeOf } from '../tensor/shape.ts';
import { NetworkArrays } from './arrays.ts';
import type {
  Network,
  NetworkOptions,
  NodeTrace,
  NodeValues,
  Rows,
  TensorInfo,
  TrainRequest,
  TrainResult,
} from './define.ts';
import { planRows } from './memory.ts';

const DEFAULT_SEED = 1;
/** A session's own `predict` copies rows of up to so many axes; others go in and out one batch at a time. */
const MOST_AXES_AT_ONCE = 3;

/**
 * Compiles a graph that was checked before. Weights are zero until `initialize` or `write`.
 * Throws AppError 'shape.*'.
 */
export function createNetwork(options: NetworkOptions): Network {
  return new CompiledNetwork(options);
}

class CompiledNetwork implements Network {
  readonly inputShape;
  readonly outputShape;
  readonly tensors: readonly TensorInfo[];
  readonly slots: readonly TensorInfo[];
  readonly parameterCount: number;
  readonly planBytes: number;
  private readonly program: Program;
  private readonly session: Session;
  readonly arrays: NetworkArrays;
  readonly evaluationRows: number;
  private readonly batchSize: number;

  constructor(options: NetworkOptions) {
    const { graph, training, backend: name, kernels, threads, batchSize, noise = true, keepsNodes } = options;
    this.batchSize = batchSize;
    const rows = planRows(batchSize);
    this.evaluationRows = rows.evaluation;
    const lowered = lower({ graph, training, noise, keepsNodes });
    const helpers = threads !== undefined && paysToShare(lowered, batchSize) ? threads : undefined;
    const { backend, program } = prepare(name, lowered, kernels, helpers);
    this.program = program;
    const plan = planMemory({ program: this.program, layouts: backend.layouts(this.program), rows });
    this.session = backend.open(this.program, plan, training?.seed ?? DEFAULT_SEED);
    const { values, input, prediction, parameters, slots } = this.program;
    this.inputShape = present(values[input], 'input').shape;
    this.outputShape = present(values[prediction], 'prediction').shape;
    this.tensors = parameters.map((tensor) => this.infoOf(tensor));
    this.slots = slots.map((tensor) => this.infoOf(tensor));
    this.arrays = new NetworkArrays(this.program, this.session);
    this.parameterCount = this.tensors.reduce((sum, { shape, trained }) => sum + (trained ? sizeOf(shape) : 0), 0);
    this.planBytes = this.session.bytes ?? plan.length * (backend.dtype === 'float32' ? 4 : 8);
  }

  initialize(seed: number): void {
    for (const { key, init } of this.program.parameters) {
      const { shape } = this.arrays.operand(key);
      const drawn = { spec: init as Json, shape, key: streamKey(seed, 'init', key) };
      drawInitial(drawn, (values, part) => this.arrays.write(key, part, values));
    }
    for (const { key } of this.program.slots) this.arrays.operand(key).data.fill(0);
  }

  read(key: string): Float32Array | Float64Array {
    const { size, data } = this.arrays.operand(key);
    const copy = data instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);
    this.arrays.read(key, { from: 0, to: size }, copy);
    return copy;
  }

  write(key: string, numbers: ArrayLike<number>): void {
    const { shape, size } = this.arrays.operand(key);
    if (numbers.length !== size) {
      throw new AppError('engine.tensor_size', { key, shape: formatShape(shape), size, found: numbers.length });
    }
    this.arrays.write(key, { from: 0, to: size }, numbers);
  }

  bind({ count, inputs, targets, weights }: Rows): void {
    this.session.bind({ count, inputs, targets: present(targets, 'targets'), weights });
  }

  train({ order, from, steps, stepsBefore, learningRate }: TrainRequest): TrainResult {
    const { batchSize } = this;
    const losses = new Float64Array(steps);
    const request = { order, from, steps, batchSize, stepsBefore, learningRate, losses };
    const finished = this.session.train(request);
    const rowsOf = (step: number) => Math.min(batchSize, order.length - from - step * batchSize);
    let [rows, lossTimesRows] = [0, 0];
    for (let step = 0; step < finished; step++) {
      rows += rowsOf(step);
      lossTimesRows += (losses[step] as number) * rowsOf(step);
    }
    if (finished === steps) return { lossTimesRows, rows, stepLosses: losses };
    return { lossTimesRows, rows, stepLosses: losses.subarray(0, finished + 1), divergedAt: finished };
  }

  gradients(rows: Rows): { loss: number; tensors: Map<string, Float64Array> } {
    this.differentiate(rows, 0);
    return this.found();
  }

  trace(rows: Rows, stepsBefore: number, visit: (node: NodeTrace) => void) {
    const nodes = present(this.training().nodes, 'traced nodes');
    this.differentiate(rows, stepsBefore);
    for (const [node, { value, gradient, gradientOf }] of nodes) {
      const { shape } = this.session.operand(value);
      const gradients = gradient === null ? null : this.valuesOf(gradient, rows.count);
      visit({ node, shape, values: this.valuesOf(value, rows.count), gradient: gradients, gradientOf });
    }
    return this.found();
  }

  gradientsInPlace(rows: Rows): number {
    this.differentiate(rows, 0);
    return this.numberAt(this.training().objective);
  }

  applyGradients(
    gradients: ReadonlyMap<string, ArrayLike<number>>,
    { stepsBefore, learningRate }: { readonly stepsBefore: number; readonly learningRate: number },
  ): boolean {
    const results = this.training();
    for (const [key, value] of results.gradients) {
      const { shape, data, layout } = this.session.operand(value);
      scatter(present(gradients.get(key), `gradient of ${key}`), data, 1, shape, layout);
    }
    Object.assign(this.session.state, { step: stepsBefore, learningRate });
    this.session.run('update');
    return Number.isFinite(this.numberAt(results.weightCheck));
  }

  predict(inputs: Float32Array | Float64Array, count: number): Float64Array {
    const size = count * sizeOf(this.outputShape);
    const axes = Math.max(this.inputShape.length, this.outputShape.length);
    if (this.session.predict !== undefined && axes <= MOST_AXES_AT_ONCE) {
      const rows = inputs.subarray(0, count * sizeOf(this.inputShape));
      return new Float64Array(this.session.predict(rows, count, this.evaluationRows));
    }
    const outputs = new Float64Array(size);
    for (let from = 0; from < count; from += this.evaluationRows) {
      this.predictChunk({ count, inputs }, from, outputs);
    }
    return outputs;
  }

  *predictTurns(inputs: Float32Array | Float64Array, count: number): Turns<Float64Array> {
    const outputs = new Float64Array(count * sizeOf(this.outputShape));
    const { shape, size, data, layout } = this.session.operand(this.program.prediction);
    for (let row = 0; row < count; row++) {
      this.feed({ count, inputs }, row, 1);
      if (this.session.turns === undefined) this.session.run('predict');
      else yield* this.session.turns('predict');
      gather(data, outputs.subarray(row * size, (row + 1) * size), 1, shape, layout);
      yield;
    }
    return outputs;
  }

  activations(nodes: readonly string[], inputs: Float32Array | Float64Array, count: number): Map<string, NodeValues> {
    const kept = present(this.program.nodes, 'kept nodes');
    const asked = nodes.flatMap((node) => {
      const value = kept.get(node);
      if (value === undefined) return [];
      const operand = this.session.operand(value);
      return [{ node, operand, values: new Float64Array(count * operand.size) }];
    });
    for (let from = 0; from < count; from += this.evaluationRows) {
      const rows = Math.min(this.evaluationRows, count - from);
      this.feed({ count, inputs }, from, rows);
      this.session.run('predict');
      for (const { operand, values } of asked) {
        const { shape, size, data, layout } = operand;
        gather(data, values.subarray(from * size, (from + rows) * size), rows, shape, layout);
      }
    }
    return new Map(asked.map(({ node, operand, values }) => [node, { shape: operand.shape, values }]));
  }

  evaluate(rows: Rows): { loss: number; outputs: Float64Array } {
    const results = this.training();
    const outputs = new Float64Array(rows.count * sizeOf(this.outputShape));
    let [sum, weight] = [0, 0];
    for (let from = 0; from < rows.count; from += this.evaluationRows) {
      const count = this.predictChunk(rows, from, outputs);
      this.session.run('evaluate');
      const share = weightOf(rows, from, count);
      if (share === 0) continue; // a chunk of rows that all weigh nothing has no mean
      sum += share * this.numberAt(results.evaluationLoss);
      weight += share;
    }
    return { loss: weight === 0 ? 0 : sum / weight, outputs };
  }

  penalty(): number {
    this.session.run('penalty');
    return this.numberAt(this.training().penalty);
  }

  /** Drops the training rows; the memory goes with the network itself. */
  dispose(): void {
    this.session.unbind();
    this.session.close?.();
  }

  private differentiate({ count, inputs, targets, weights }: Rows, stepsBefore: number): void {
    assert(count <= this.batchSize, `gradients of at most ${this.batchSize} rows, got ${count}`);
    this.feed({ count, inputs, targets: present(targets, 'targets'), ...(weights ? { weights } : {}) }, 0, count);
    this.session.state.step = stepsBefore;
    this.session.run('forward');
    this.session.run('backward');
  }

  private valuesOf(value: number, count: number): Float64Array {
    const { shape, size, data, layout } = this.session.operand(value);
    const values = new Float64Array(count * size);
    gather(data, values, count, shape, layout);
    return values;
  }

  /** Loss and gradients of the batch that was differentiated last. */
  private found(): { loss: number; tensors: Map<string, Float64Array> } {
    const tensors = new Map<string, Float64Array>();
    for (const key of this.arrays.gradientKeys) {
      const to = this.arrays.size(key);
      const copy = new Float64Array(to);
      this.arrays.readGradient(key, { from: 0, to }, copy);
      tensors.set(key, copy);
    }
    return { loss: this.numberAt(this.training().objective), tensors };
  }

  private predictChunk(rows: Rows, from: number, outputs: Float64Array): number {
    const count = Math.min(this.evaluationRows, rows.count - from);
    this.feed(rows, from, count);
    this.session.run('predict');
    const { shape, size, data, layout } = this.session.operand(this.program.prediction);
    gather(data, outputs.subarray(from * size, (from + count) * size), count, shape, layout);
    return count;
  }

  private feed({ inputs, targets, weights }: Rows, from: number, count: number): void {
    const { session, program } = this;
    session.state.rows = count;
    feedRows(inputs, from, count, session.operand(program.input));
    if (targets === undefined || program.training === null) return;
    feedRows(targets, from, count, session.operand(program.training.target));
    const rowWeights = session.operand(program.training.weights);
    if (weights === undefined) rowWeights.data.fill(1);
    else feedRows(weights, from, count, rowWeights);
  }

  private training(): TrainingResults {
    return present(this.program.training, 'training program');
  }

  private numberAt(value: number): number {
    return this.session.operand(value).data[0] as number;
  }

  private infoOf({ key, value, trained }: ProgramTensor): TensorInfo {
    return { key, shape: present(this.program.values[value], key).shape, trained };
  }
}

function weightOf({ weights }: Rows, from: number, count: number): number {
  if (weights === undefined) return count;
  let sum = 0;
  for (let row = from; row < from + count; row++) sum += weights[row] as number;
  return sum;
}
