/** A program in WebAssembly's memory: its commands, its arena, and the training rows it takes many steps over in one call. */
import { assert, present } from '../../lib/assert.ts';
import { AppError } from '../../lib/errors.ts';
import { gather, isRowMajor, scatter } from '../../tensor/layout.ts';
import { sizeOf, type Shape } from '../../tensor/shape.ts';
import type { LogicalRows, Operand, RunState, Session, StepsRequest } from '../backend.ts';
import type { Plan } from '../plan.ts';
import { sectionNames, type Program, type ProgramOp, type SectionName } from '../program.ts';
import { Commands, DoubleTable, type Failure } from './commands.ts';
import { encoders } from './encode/all.ts';
import { BYTES, type Place } from './encode/define.ts';
import { descentOf } from './descent.ts';
import type { Form } from './form.ts';
import { allOps } from './forms.ts';
import type { JoinedOp } from './image-groups.ts';
import { growMemory, Kernels, moduleOf, openMemory, type KernelBuild } from './module.ts';
import type { ThreadStarter } from './threads.ts';
import type { SharedMemory } from './webassembly.ts';

/** Below lie the module's own constants. */
const START = 16384;
const ALIGNMENT = 64;
const DOUBLE_BYTES = 8;
/** Room for the constants of all optimizer steps: they are few and equal ones are kept once. */
const CONSTANT_BYTES = 4096;

const aligned = (address: number) => Math.ceil(address / ALIGNMENT) * ALIGNMENT;

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

/** Commands in memory: the first, and the end of the last. */
type Stretch = readonly [from: number, to: number];

/** Rows bound for training. */
interface Bound {
  readonly count: number;
  readonly hasWeights: boolean;
  /** Where the numbers of a call's rows and its losses go. */
  readonly scratch: number;
}

/** Rooms of one image, from `start` on; ops that do not run together use the same ones. */
function placeLocals(program: Program, forms: readonly Form[], start: number) {
  const addresses = new Map<number, number>();
  let end = start;
  for (const { parts = [] } of allOps(program) as readonly JoinedOp[]) {
    let at = start;
    for (const value of parts.flatMap(({ outputs }) => outputs)) {
      const form = present(forms[value], 'form');
      if (form.isLocal !== true) continue;
      addresses.set(value, at);
      at = aligned(at + form.layout.rowStride * BYTES);
    }
    end = Math.max(end, at);
  }
  return { addresses, start, end };
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
  /** Absent where the input or the output has more axes than the copy at the door takes. */
  readonly predict?: (inputs: Float32Array | Float64Array, count: number, chunk: number) => Float32Array;
  private readonly program: Program;
  private readonly forms: readonly Form[];
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
  private readonly stops: (() => void)[] = [];
  private bound: Bound | null = null;

  constructor({ build, program, forms, plan, seed, threads }: SessionOptions) {
    this.threads = threads?.count ?? 1;
    this.program = program;
    this.forms = forms;
    const arena = START + CONSTANT_BYTES;
    const local = placeLocals(program, forms, aligned(arena + plan.length * BYTES));
    this.places = program.values.map((value, index): Place | null => {
      const form = present(forms[index], 'form');
      const placement = plan.placements[index];
      const address = local.addresses.get(index) ?? (placement ? arena + placement.offset * BYTES : null);
      return address === null ? null : { value, form, address, size: form.layout.rowStride };
    });
    const constants = new DoubleTable(START);
    const areas = { zeros: 0, work: 0 };
    const { needs } = this.encode(new Commands(seed, constants, areas), 0);
    const localBytes = local.end - local.start;
    areas.zeros = local.start + localBytes * this.threads;
    areas.work = aligned(areas.zeros + needs.zeros * BYTES);
    const scratch = aligned(areas.work + needs.work * BYTES);
    const scratchBytes = aligned(needs.scratch * BYTES);
    const code = scratch + scratchBytes * this.threads;
    const commands = new Commands(seed, constants, areas);
    const { words, sections, descent } = this.encode(commands, code);
    assert(constants.numbers.length * DOUBLE_BYTES <= CONSTANT_BYTES, 'constants fit their room');
    this.sections = sections;
    this.descent = descent;
    this.failures = commands.failures;
    this.end = aligned(code + words.length * BYTES);
    this.memory = openMemory(this.end);
    new Int32Array(this.memory.buffer).set(words, code / BYTES);
    new Float64Array(this.memory.buffer).set(constants.numbers, START / DOUBLE_BYTES);
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
    const numbers = [scratch, 0, until - from, batchSize, steps, stepsBefore, learningRate, lossesAt, this.threads];
    const done = this.calls.train(...numbers);
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
    this.calls.predict(start, end, ...faces, count, chunk, this.threads);
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

  /** Encodes all sections to start at `address`. */
  private encode(commands: Commands, address: number) {
    const parts: Int32Array[] = [];
    let at = address;
    const add = (ops: readonly JoinedOp[]): Stretch => {
      for (const op of ops) {
        for (const part of op.parts ?? [op]) this.encodeOp(commands, part);
        commands.endOp();
      }
      const words = commands.take(at);
      parts.push(words);
      const from = at;
      at += words.length * BYTES;
      return [from, at];
    };
    const entries = sectionNames.map((name) => [name, add(this.program.sections[name])] as const);
    const joined = descentOf(this.program, this.forms);
    const descent = joined === null ? null : add(joined);
    const words = new Int32Array((at - address) / BYTES);
    let top = 0;
    for (const part of parts) {
      words.set(part, top);
      top += part.length;
    }
    const sections = Object.fromEntries(entries) as Record<SectionName, Stretch>; // one entry a name
    return { words, sections, descent, needs: commands.needs };
  }

  private encodeOp(commands: Commands, { id, inputs, outputs, attributes, node }: ProgramOp): void {
    const encode = present(encoders[id], `encoder of ${id}`);
    const place = (value: number) => this.placeOf(value);
    encode({ target: commands, inputs: inputs.map(place), outputs: outputs.map(place), attributes, node });
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
