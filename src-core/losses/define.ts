/** What a loss is: outputs and targets in, one number per row out, recorded as ops. */
import type { Fields } from '../lib/fields.ts';
import type { JsonObject } from '../lib/json.ts';
import type { OpRecorder, Value } from '../ops/define.ts';

/** What a loss is computed from. */
export interface LossInputs {
  /** Value of the output node: [.., outputs], batched. */
  readonly output: Value;
  /** Of the same shape: one-hot for several classes, 0/1 for two, numbers for regression. */
  readonly target: Value;
  /** What entered the activation that made `output`, where that activation is the one the loss `fusesWith`; else null. */
  readonly logits: Value | null;
}

/** One loss: its form, its tasks, and how it is recorded. */
export interface LossDefinition {
  readonly label: string;
  readonly summary: string;
  /** TeX, without dollar signs. */
  readonly formula: string;
  readonly fields: Fields;
  /** Tasks it is meant for, the usual one first. */
  readonly tasks: readonly ('regression' | 'binary' | 'multiclass')[];
  /** Activation that is computed together with the loss from its logits. */
  readonly fusesWith?: 'sigmoid' | 'softmax';
  /** True: `class_weights` apply. */
  readonly weighsClasses: boolean;
  /** A single output at or above this means the second class. */
  readonly threshold: number;
  /** Records the loss of each row: a batched value of shape [], the mean over the row's elements. */
  readonly record: (recorder: OpRecorder, inputs: LossInputs, params: JsonObject) => Value;
}
