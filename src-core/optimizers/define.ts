/** What an optimizer is: how a gradient changes a tensor, recorded as one op that overwrites it. */
import type { Fields } from '../lib/fields.ts';
import type { JsonObject } from '../lib/json.ts';
import type { OpRecorder, Value } from '../ops/define.ts';

/** One tensor about to be changed. */
export interface UpdateInputs {
  readonly weight: Value;
  readonly gradient: Value;
  /** In the order of `slots`; each is shaped as the weight and starts at zero. */
  readonly slots: readonly Value[];
}

/** One optimizer: its form, its state, and how its step is recorded. */
export interface OptimizerDefinition {
  readonly label: string;
  readonly summary: string;
  /** TeX, without dollar signs. */
  readonly formula: string;
  /** `learning_rate` among them: it reaches the op at run time, because schedules and people change it. */
  readonly fields: Fields;
  /** Names of the state tensors kept per weight tensor. */
  readonly slots: (params: JsonObject) => readonly string[];
  /** True: any batch_size but all training rows is an error. */
  readonly fullBatchOnly?: boolean;
  readonly record: (recorder: OpRecorder, inputs: UpdateInputs, params: JsonObject) => void;
}
