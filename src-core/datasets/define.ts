/** What a data set is: named generators in this folder, and the loaded, split and scaled rows the engine is fed. */
import type { JsonObject } from '../lib/json.ts';
import type { Fields } from '../lib/fields.ts';

export type Task = 'regression' | 'binary' | 'multiclass';

/** A generator: two-dimensional points (or a curve, a plane) from a seed. */
export interface GeneratorDefinition {
  readonly label: string;
  readonly task: Task;
  readonly summary: string;
  /** TeX, without dollar signs. */
  readonly formula: string;
  /** Parameters beside samples, noise, seed and features. */
  readonly fields: Fields;
  /** Raw inputs [samples × inputNames.length] and targets [samples] (class index or value). */
  readonly generate: (options: {
    readonly samples: number;
    readonly noise: number;
    readonly seed: number;
    readonly params: JsonObject;
  }) => GeneratedData;
}

export interface GeneratedData {
  readonly inputNames: readonly string[];
  readonly targetNames: readonly string[];
  /** Class labels as written in files; empty for regression. */
  readonly classes: readonly string[];
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

/** Column-wise shift and scale learnt on training rows: (x − mean) / std. */
export interface Standardization {
  readonly columns: readonly string[];
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** One part of the data, ready for the engine: standardised inputs, one-hot (or 0/1, or real) targets, row-major. */
export interface DataPart {
  readonly count: number;
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
  /** Row numbers in the data as written, in file order. */
  readonly indices: Uint32Array;
}

export interface LoadedData {
  readonly task: Task;
  readonly inputNames: readonly string[];
  readonly targetNames: readonly string[];
  readonly classes: readonly string[];
  readonly inputSize: number;
  /** One for regression with one target and for binary; the number of classes for multiclass. */
  readonly targetSize: number;
  readonly training: DataPart;
  readonly validation: DataPart | null;
  readonly test: DataPart | null;
  readonly standardization: Standardization | null;
  readonly targetStandardization: Standardization | null;
  /** Inputs in raw units as [min, max] per column, over all rows. */
  readonly inputRanges: readonly (readonly [number, number])[];
  /** Means of the training rows in raw units. */
  readonly inputMeans: readonly number[];
  /** Raw inputs of a row (before standardisation), for plots: by row number in the data as written. */
  readonly rawInputs: Float64Array;
  /** First 100 rows as written. */
  readonly head: readonly (readonly string[])[];
  /** SHA-256 over the rows as fed, so that a resumed run can tell that its data changed. */
  readonly sha256: string;
}

/** How core gets the bytes of a file named in a document; rejects with AppError 'data.*'. */
export type ReadFile = (path: string) => Promise<Uint8Array>;
