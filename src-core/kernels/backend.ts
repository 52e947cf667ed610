/** What a backend is: a number type, a memory layout for every value, and a kernel for every op. */
import type { Turns } from '../lib/turns.ts';
import type { OpId } from '../ops/registry.ts';
import type { Attributes, ValueType } from '../ops/define.ts';
import type { Layout, Numbers } from '../tensor/layout.ts';
import type { Plan } from './plan.ts';
import type { Program, SectionName } from './program.ts';

/** A value bound to its place in memory. */
export interface Operand extends ValueType {
  /** Starts at the value; long enough for the most rows it ever has. */
  readonly data: Numbers;
  readonly layout: Layout;
  /** Elements of one row. */
  readonly size: number;
}

/** What changes from step to step. One object, reused: a kernel reads it when it runs. */
export interface RunState {
  /** Rows of the present batch; never more than planned. */
  rows: number;
  /** Steps taken before this one over the whole run. */
  step: number;
  learningRate: number;
}

/** What a kernel is bound to. */
export interface KernelCall {
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
  readonly attributes: Attributes;
  /** Node and seed that name the random streams. */
  readonly node: string;
  readonly seed: number;
}

/** Bound once to its operands; the returned function allocates nothing. */
export type Kernel = (call: KernelCall) => (state: RunState) => void;
/** One kernel for every op: the compiler asks for each. */
export type Kernels = Readonly<Record<OpId, Kernel>>;

/** Training rows in the backend's own number type; each row laid out as the operand it is copied to. */
export interface BoundRows {
  readonly count: number;
  readonly inputs: Numbers;
  readonly targets: Numbers;
  readonly weights: Numbers;
}

/** Steps over consecutive parts of `order`, several in one call. */
export interface StepsRequest {
  /** Numbers of bound rows. */
  readonly order: Uint32Array;
  readonly from: number;
  readonly steps: number;
  readonly batchSize: number;
  /** Steps taken before this call over the whole run. */
  readonly stepsBefore: number;
  readonly learningRate: number;
  /** Filled with the mean loss of each step taken; at least `steps` long. */
  readonly losses: Float64Array;
}

/** A program bound to its memory. */
export interface Session {
  readonly state: RunState;
  /** Bytes taken when it was opened, where that is more than the plan's arena. */
  readonly bytes?: number;
  /** The value's place in memory. */
  operand(value: number): Operand;
  run(section: SectionName): void;
  /** As `run`, a turn after every op; absent where ops are not run one by one. */
  turns?(section: SectionName): Turns<void>;
  /** Training rows for `train`; copied once. Numbers are logical and row-major; weights default to 1. */
  bind(rows: LogicalRows): void;
  unbind(): void;
  /** Lets go of what lives outside the session's memory: threads. */
  close?(): void;
  /** Evaluation-mode outputs of logical rows, many chunks in one call; a view that lasts until the next call. */
  predict?(inputs: Float32Array | Float64Array, count: number, chunk: number): Float32Array;
  /**
   * Takes the steps and returns how many were finished: fewer than asked where a loss, a gradient or a tensor is not
   * finite. A bad loss is seen before the update, so it leaves the tensors alone; a bad gradient is seen in its step, but a
   * backend may have stepped along it by then.
   */
  train(request: StepsRequest): number;
}

/** Rows as they come from outside: row-major, without padding. */
export interface LogicalRows {
  readonly count: number;
  readonly inputs: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  readonly weights?: ArrayLike<number> | undefined;
}

/** One way to compute every program. */
export interface Backend {
  readonly name: 'reference' | 'fast';
  readonly dtype: 'float32' | 'float64';
  /** Physical layout of each value, by index. Values that meet in element-wise ops get the same one. */
  readonly layouts: (program: Program) => readonly Layout[];
  /** Bytes that `open` takes, where that is more than the plan's arena: commands, and rooms that kernels work in. */
  readonly bytes?: (program: Program, plan: Plan) => number;
  /** Allocates the arena (zeroed) and binds the program to it. `seed` names the random streams of dropout and noise. */
  readonly open: (program: Program, plan: Plan, seed: number) => Session;
}
