/** A program in WebAssembly's memory: its commands, its arena, and the training rows it takes many steps over in one call. */
import { assert, present } from '../../lib/assert.ts';
import { AppError } from '../../lib/errors.ts';
import { gather, isRowMajor, scatter } from '../../tensor/layout.ts';
import { sizeOf, type Shape } from '../../tensor/shape.ts';
import type { LogicalRows, Operand, RunState, Session, StepsRequest } from '../backend.ts';
import type { Plan } from '../plan.ts';
import type { Program, SectionName } from '../program.ts';
import { aligned, arrange, DOUBLE_BYTES, START, type Stretch } from './arrange.ts';
import type { Failure } from './commands.ts';
import { BYTES, type Place } from './encode/define.ts';
import type { Form } from './form.ts';
import { growMemory, Kernels, moduleOf, openMemory, type KernelBuild } from './module.ts';
import { Portions } from './portions.ts';
import { READY_WORD, type ThreadStarter } from './threads.ts';
import type { SharedMemory } from './webassembly.ts';

/** Words that describe a value to `predict`: address, bytes of a row, count and stride of three axes. */
const FACE_WORDS = 8;
const FACE_AXES = 3;

function hasFace({ value, form }: Place): boolean {
  return value.shape.length <= FACE_AXES && form.layout.splits === undefined;
}

function faceOf({ address, size, value, form }: Place): readonly number[] {
  const { shape } = value;
  const axes = shape.map((count, axis) => [count, (form.layout.strides[axis] ?? 0) * BYTES]);
  const fill = Array.from({ length: FACE_AXES - shape.length }, () => [1, 0]);
  // A single axis of the innermost run keeps the stride of neighbours.
  return [address, size * BYTES, ...[...fill, ...axes].flat()];
}

export interface SessionOptions {
  readonly build: KernelBuild;
  readonly program: Program;
  readonly forms: readonly Form[];
  readonly plan: Plan;
  readonly seed: number;
  /** Absent: everything on the calling thread. */
  readonly threads?: ThreadStarter | undefined;
}

/** Functions of the module that a session calls. */
interface Calls {
  readonly runCommands: (from: number, to: number, rows: number, step: number, learningRate: number) => number;
  readonly train: (...numbers: number[]) => number;
  readonly predict: (...numbers: number[]) => number;
  readonly setSource: (which: number, from: number, to: number, stride: number) => number;
  readonly end: () => number;
  readonly failure: () => number;
  readonly clearFailure: () => number;
}

/** Rows bound for training. */
interface Bound {
  readonly count: number;
  readonly hasWeights: boolean;
  /** Where the numbers of a call's rows and its losses go. */
  readonly scratch: number;
}

/** Lays dense logical rows out in a form; whole rows at once where their numbers stay neighbours. */
function layRows(numbers: ArrayLike<number>, to: Float32Array, count: number, shape: Shape, form: Form): void {
  const { layout } = form;
  const size = sizeOf(shape);
  const isRun = isRowMajor(shape, { ...layout, rowStride: size });
  if (isRun && layout.rowStride === size) {
    to.set(numbers);
    return;
  }
  to.fill(0);
  if (!isRun || !(numbers instanceof Float32Array || numbers instanceof Float64Array)) {
    scatter(numbers, to, count, shape, layout);
    return;
  }
  for (let row = 0; row < count; row++) to.set(numbers.subarray(row * size, (row + 1) * size), row * layout.rowStride);
}

export class WasmSession implements Session {
  readonly state: RunState = { rows: 0, step: 0, learningRate: 0 };
  readonly bytes: number;
  /** Absent where the input or the output has more axes than the copy at the door takes. */
  readonly predict?: (inputs: Float32Array | Float64Array, count: number, chunk: number) => Float32Array;
  private readonly program: Program;
  private readonly memory: SharedMemory;
  private readonly calls: Calls;
  private readonly operands: readonly (Operand | null)[];
  private readonly places: readonly (Place | null)[];
  private readonly sections: Readonly<Record<SectionName, Stretch>>;
  /** Backward and update in one, where that gains something. */
  private readonly descent: Stretch | null;
  private readonly failures: ReadonlyMap<number, Failure>;
  /** First byte behind everything that belongs to the program. */
  private readonly end: number;
  private readonly threads: number;
  private readonly portions: { readonly train: Portions; readonly predict: Portions };
  private readonly stops: (() => void)[] = [];
  private bound: Bound | null = null;

  constructor({ build, program, forms, plan, seed, threads }: SessionOptions) {
    this.threads = threads?.count ?? 1;
    this.program = program;
    const { places, localBytes, scratch, scratchBytes, code, words, constants, ...rest } = arrange({
      ...{ program, forms, plan, seed, threads: this.threads },
    });
    this.places = places;
    this.sections = rest.sections;
    this.descent = rest.descent;
    this.failures = rest.failures;
    this.end = rest.end;
    this.bytes = rest.end;
    this.memory = openMemory(this.end);
    new Int32Array(this.memory.buffer).set(words, code / BYTES);
    new Float64Array(this.memory.buffer).set(constants, START / DOUBLE_BYTES);
    const readyCount = new Int32Array(this.memory.buffer, READY_WORD * BYTES, 1);
    const areReady = () => Atomics.load(readyCount, 0) === this.threads - 1;
    const options = { threads: this.threads, now: threads?.now, areReady };
    this.portions = { train: new Portions(options), predict: new Portions(options) };
    const kernels = new Kernels(build, this.memory);
    kernels.call('setScratch')(scratch);
    for (let thread = 1; thread < this.threads; thread++) {
      const numbers = [thread, this.threads, localBytes * thread, scratch + scratchBytes * thread] as const;
      this.stops.push(present(threads, 'threads').start({ module: moduleOf(build), memory: this.memory, numbers }));
    }
    this.calls = {
      runCommands: kernels.call('runCommands'),
      train: kernels.call('train'),
      predict: kernels.call('predict'),
      setSource: kernels.call('setSource'),
      end: kernels.call('end'),
      failure: kernels.call('failure'),
      clearFailure: kernels.call('clearFailure'),
    };
    this.operands = this.places.map((place, index) => {
      const length = plan.placements[index]?.length;
      if (place === null || length === undefined) return null;
      const data = new Float32Array(this.memory.buffer, place.address, length);
      const { shape, batched } = place.value;
      return { shape, batched, data, layout: place.form.layout, size: sizeOf(shape) };
    });
    this.setLoop(kernels);
    const doors = [program.input, program.prediction].map((value) => this.places[value]);
    if (doors.every((door) => door && hasFace(door))) this.predict = (...rows) => this.predictRows(...rows);
  }

  operand(value: number): Operand {
    return present(this.operands[value], `place of value ${value}`);
  }

  run(section: SectionName): void {
    const { rows, step, learningRate } = this.state;
    const [from, to] = this.sections[section];
    this.calls.runCommands(from, to, rows, step, learningRate);
    this.throwFailure(rows);
  }

  bind({ count, inputs, targets, weights }: LogicalRows): void {
    const { training, input } = this.program;
    const { target, weights: weightValue } = present(training, 'training program');
    let top = this.end;
    const sources = [
      { value: input, numbers: inputs },
      { value: target, numbers: targets },
      { value: weightValue, numbers: weights },
    ].map(({ value, numbers }) => {
      const address = top;
      const place = this.placeOf(value);
      if (numbers !== undefined) top = aligned(top + count * place.size * BYTES);
      return { address, place, numbers };
    });
    this.reserve(top);
    for (const [which, { address, place, numbers }] of sources.entries()) {
      const { value, form, size } = place;
      const stride = numbers === undefined ? 0 : size * BYTES;
      if (numbers !== undefined) {
        assert(numbers.length === count * sizeOf(value.shape), 'as many numbers as the rows have');
        layRows(numbers, new Float32Array(this.memory.buffer, address, count * size), count, value.shape, form);
      }
      this.calls.setSource(which, address, place.address, stride);
    }
    this.bound = { count, hasWeights: weights !== undefined, scratch: top };
  }

  unbind(): void {
    this.bound = null;
  }

  /** Ends the helping threads. */
  close(): void {
    this.calls.end();
    for (const stop of this.stops.splice(0)) stop();
  }

  train({ order, from, steps, batchSize, stepsBefore, learningRate, losses }: StepsRequest): number {
    const { hasWeights, scratch } = present(this.bound, 'bound rows');
    const until = Math.min(order.length, from + steps * batchSize);
    assert(until > from + (steps - 1) * batchSize, `the last of ${steps} steps has rows left`);
    const lossesAt = aligned(scratch + (until - from) * BYTES);
    this.reserve(lossesAt + steps * DOUBLE_BYTES);
    new Uint32Array(this.memory.buffer, scratch, until - from).set(order.subarray(from, until));
    if (!hasWeights) this.operand(present(this.program.training, 'training').weights).data.fill(1, 0, batchSize);
    const done = this.portions.train.run(steps, false, ({ threads, pieces }, first) => {
      const rows = [scratch, first * batchSize, until - from, batchSize, pieces] as const;
      return this.calls.train(...rows, stepsBefore + first, learningRate, lossesAt + first * DOUBLE_BYTES, threads);
    });
    this.throwFailure(batchSize);
    losses.set(new Float64Array(this.memory.buffer, lossesAt, Math.min(done + 1, steps)));
    return done;
  }

  /** Outputs of `count` rows in evaluation mode, `chunk` rows at a time without leaving WebAssembly. */
  private predictRows(inputs: Float32Array | Float64Array, count: number, chunk: number): Float32Array {
    const [into, outOf] = [this.program.input, this.program.prediction].map((value) => this.placeOf(value));
    const from = this.top;
    const inputsAt = aligned(from + FACE_WORDS * 2 * BYTES);
    const outputsAt = aligned(inputsAt + inputs.length * BYTES);
    const length = count * sizeOf(present(outOf, 'output').value.shape);
    this.reserve(outputsAt + length * BYTES);
    const words = new Int32Array(this.memory.buffer, from, 2 * FACE_WORDS);
    words.set([...faceOf(present(into, 'input')), ...faceOf(present(outOf, 'output'))]);
    new Float32Array(this.memory.buffer, inputsAt, inputs.length).set(inputs);
    const [start, end] = this.sections.predict;
    const faces = [inputsAt, from, outputsAt, from + FACE_WORDS * BYTES] as const;
    this.portions.predict.run(count, true, ({ threads }) => {
      this.calls.predict(start, end, ...faces, count, chunk, threads);
      return count;
    });
    this.throwFailure(Math.min(chunk, count));
    return new Float32Array(this.memory.buffer, outputsAt, length);
  }

  /** First byte that neither the program nor bound rows use. */
  private get top(): number {
    return this.bound === null ? this.end : this.bound.scratch;
  }

  private placeOf(value: number): Place {
    return present(this.places[value], `place of value ${value}`);
  }

  private setLoop(kernels: Kernels): void {
    const { training } = this.program;
    if (training === null) return;
    const { forward, backward, update } = this.sections;
    const address = (value: number) => this.placeOf(value).address;
    const checks = [training.meanLoss, training.gradientCheck, training.weightCheck].map(address);
    kernels.call('setLoop')(forward[0], backward[0], update[0], update[1], ...checks, ...(this.descent ?? [0, 0]));
  }

  private reserve(bytes: number): void {
    growMemory(this.memory, bytes);
  }

  /** Turns a number that some command could not take into the error a person sees. */
  private throwFailure(rows: number): void {
    const at = this.calls.failure();
    if (at === 0) return;
    this.calls.clearFailure();
    const { node, vocabulary, ids } = present(this.failures.get(at), 'failed command');
    const size = sizeOf(ids.value.shape);
    const found = new Float32Array(rows * size);
    gather(
      new Float32Array(this.memory.buffer, ids.address, rows * ids.size),
      found,
      rows,
      ids.value.shape,
      ids.form.layout,
    );
    const bad = found.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabulary);
    throw new AppError('engine.embedding_id', { node, vocabulary, found: bad ?? NaN });
  }
}
