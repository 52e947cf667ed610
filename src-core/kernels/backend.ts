/** What a backend is: a number type, a memory layout for every value, and a kernel for every op. */
import type { OpId } from '../ops/registry.ts';
import type { Attributes, ValueType } from '../ops/define.ts';
import type { Layout, Numbers } from '../tensor/layout.ts';
import type { Program } from './program.ts';

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
export type Kernels = Readonly<Record<OpId, Kernel>>;

export interface Backend {
  readonly name: 'reference' | 'fast';
  readonly dtype: 'float32' | 'float64';
  readonly kernels: Kernels;
  /** Physical layout of each value, by index. Values that meet in element-wise ops get the same one. */
  readonly layouts: (program: Program) => readonly Layout[];
}
