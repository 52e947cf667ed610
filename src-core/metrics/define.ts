/** What a metric is: one number that says how good outputs are, in words people use. */

export type MetricTask = 'regression' | 'binary' | 'multiclass';

/** Outputs of the network beside what they should have been. */
export interface Scored {
  readonly task: MetricTask;
  readonly count: number;
  /** Values a row: 1 for binary, the number of classes for multiclass, the number of targets for regression. */
  readonly width: number;
  /** [count × width], of the output node; for regression in the target's own units. */
  readonly outputs: Float64Array;
  /** [count × width]: one-hot, 0/1, or values in the target's own units. */
  readonly targets: Float64Array;
  /** Binary: an output of at least this is the second class (0.5; 0 for hinge and perceptron). */
  readonly threshold: number;
}

export interface MetricDefinition {
  readonly label: string;
  readonly tasks: readonly MetricTask[];
  /** Which way is better: early stopping and "best run" ask. */
  readonly better: 'higher' | 'lower';
  readonly summary: string;
  /** TeX, without dollar signs. */
  readonly formula: string;
  /** Over at least one row. */
  readonly compute: (scored: Scored) => number;
}
