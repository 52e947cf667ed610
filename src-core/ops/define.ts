/** What an operation is: a shape rule and a gradient rule. The loops that compute it live in `kernels/`. */
import type { Shape } from '../tensor/shape.ts';

/** A value of the program without its numbers. `batched`: the value has one such shape per row of the batch. */
export interface ValueType {
  /** Without the batch axis. */
  readonly shape: Shape;
  readonly batched: boolean;
  /** True for [C, L] values that come from one-dimensional convolutions (channels first, not a sequence [T, F]). */
  readonly signal?: boolean;
}

/** A value recorded in a program. */
export interface Value extends ValueType {
  readonly id: number;
}

/** Settings of one recorded operation: plain data, so that a program can be written down and compared. */
export type Attributes = Readonly<Record<string, number | boolean | string | readonly number[]>>;

/** Where operations are recorded. The ids are the names in `ops/all.ts`. */
export interface OpRecorder {
  op(id: string, inputs: readonly Value[], attributes?: Attributes): Value;
  /** For operations with several outputs. */
  ops(id: string, inputs: readonly Value[], attributes?: Attributes): readonly Value[];
}

/** What a gradient rule may look at. */
export interface GradientContext {
  readonly recorder: OpRecorder;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Gradient of the loss with respect to each output; null where nothing downstream depends on it. */
  readonly outputGradients: readonly (Value | null)[];
  readonly attributes: Attributes;
  /** False where nobody asks for the gradient of this input: do not record work for it. */
  readonly needs: (input: number) => boolean;
}

/** The rules of one operation. */
export interface OpDefinition {
  /** Shape rule: output types from input types. Throws AppError 'shape.*' when they do not fit. */
  readonly infer: (inputs: readonly ValueType[], attributes: Attributes) => readonly ValueType[];
  /** Gradient rule: records the gradient of each input (null: none). Absent: the op is not differentiated. */
  readonly gradient?: (context: GradientContext) => readonly (Value | null)[];
  /** Inputs that the op overwrites (optimizer steps, running statistics): it is run for that effect and never dropped. */
  readonly writes?: (inputs: readonly ValueType[], attributes: Attributes) => readonly number[];
  /** Floating-point operations of the forward pass for one row; multiply-add counts two. Absent: one per output. */
  readonly flops?: (inputs: readonly ValueType[], outputs: readonly ValueType[], attributes: Attributes) => number;
}
