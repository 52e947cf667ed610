/** Looks inside a network, as small summaries: histograms and norms per tensor and per layer, predictions beside the truth. */

/** What can be looked at; each costs something, so only what is shown is asked for. */
export const insightKinds = ['weights', 'gradients', 'activations', 'fit'] as const;
export type InsightKind = (typeof insightKinds)[number];

/** The values of one tensor or of one layer's outputs. Without finite values the range is 0 to 0 and all counts are zero. */
export interface Distribution {
  /** Tensor key ('h1.weight') or node id. */
  readonly key: string;
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
  /** Euclidean length √(Σx²). */
  readonly norm: number;
  /** Values in each of equally wide cells from min to max. */
  readonly counts: Float64Array;
}

export interface LayerOutputs extends Distribution {
  readonly units: number;
  /** Units that answer the same to every row looked at: they learn nothing from them. */
  readonly deadUnits: number;
}

/** Real targets beside what the network says, in the units of the data. */
export interface FitPoints {
  readonly truth: Float32Array;
  readonly predicted: Float32Array;
  /** 1 for held-out rows. */
  readonly validation: Uint8Array;
}

/** Null for what was not asked for, or does not apply (fit of classes, gradients of a method without). */
export interface Insights {
  readonly step: number;
  readonly weights: readonly Distribution[] | null;
  readonly gradients: readonly Distribution[] | null;
  readonly activations: readonly LayerOutputs[] | null;
  readonly fit: FitPoints | null;
}
