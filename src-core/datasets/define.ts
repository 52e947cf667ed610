/** What a data set is: named generators in this folder, and the loaded, split and scaled rows the engine is fed. */
import type { JsonObject } from '../lib/json.ts';
import type { Fields } from '../lib/fields.ts';
import type { Charset } from './csv/decode-text.ts';

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

/** How raw rows become what the network is fed, and how its outputs are read: saved with checkpoints and weights files. */
export interface DataEncoding {
  readonly task: Task;
  /** Raw input columns, as a person writes them in a file of new rows. */
  readonly columns: readonly string[];
  readonly targetColumns: readonly string[];
  /** Class labels as written; empty for regression. */
  readonly classes: readonly string[];
  /** Labels of each categorical column, in one-hot order. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
  /** Derived inputs fed in place of the columns ('x1^2'); null: the columns themselves. */
  readonly features: readonly string[] | null;
  /** What a missing value of a column is replaced by; a column that is not named must be there. */
  readonly fill: Readonly<Record<string, number>>;
  /** What raw numbers are multiplied by before anything else: 1/255 for the bytes of pictures, else 1. */
  readonly scale: number;
  /** Over fed columns. */
  readonly standardization: Standardization | null;
  readonly targetStandardization: Standardization | null;
  /** Decimal mark of its files. */
  readonly decimal: '.' | ',';
  /** False: its files have no line of column names; columns are then called c1, c2, … */
  readonly header: boolean;
  /** How bytes of its files are read that are not UTF-8; absent: they are refused. */
  readonly charset?: Charset;
  /** What stands for no value in its files beside an empty cell. */
  readonly missingValues?: readonly string[];
}

/** What a kind of data delivers: raw rows in file order, before split, scaling and one-hot encoding. */
export interface RawData {
  readonly task: Task;
  readonly inputNames: readonly string[];
  readonly targetNames: readonly string[];
  readonly classes: readonly string[];
  readonly categories: Readonly<Record<string, readonly string[]>>;
  readonly features: readonly string[] | null;
  /** As in DataEncoding; absent: 1. */
  readonly scale?: number;
  readonly decimal: '.' | ',';
  readonly header: boolean;
  readonly charset?: Charset;
  readonly missingValues?: readonly string[];
  readonly count: number;
  /** [count × inputNames.length]; a category is its index, a missing number NaN. */
  readonly inputs: Float64Array;
  /** [count × targetNames.length]: class index or value. */
  readonly targets: Float64Array;
  /** First rows as written: inputs, then targets. */
  readonly head: readonly (readonly string[])[];
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
  /** Raw input columns; where features or one-hot columns are derived from them, `fedNames` has other names. */
  readonly inputNames: readonly string[];
  readonly targetNames: readonly string[];
  readonly classes: readonly string[];
  /** What the network's inputs are, in order: 'x1^2', 'colour=red'. */
  readonly fedNames: readonly string[];
  readonly encoding: DataEncoding;
  /** Values a row feeds the network: fedNames.length. */
  readonly inputSize: number;
  /** One for regression with one target and for binary; the number of classes for multiclass. */
  readonly targetSize: number;
  readonly training: DataPart;
  readonly validation: DataPart | null;
  readonly test: DataPart | null;
  readonly standardization: Standardization | null;
  readonly targetStandardization: Standardization | null;
  /** Raw units as [min, max] per raw column, over all rows. */
  readonly inputRanges: readonly (readonly [number, number])[];
  /** Means of the training rows in raw units, per raw column. */
  readonly inputMeans: readonly number[];
  /** Raw inputs [rows × inputNames.length] (before standardisation), for plots: by row number in the data as written. */
  readonly rawInputs: Float64Array;
  /** Class index or value [rows × targetNames.length], by row number in the data as written. */
  readonly rawTargets: Float64Array;
  /** First 100 rows as written. */
  readonly head: readonly (readonly string[])[];
  /** SHA-256 over the rows as fed, so that a resumed run can tell that its data changed. */
  readonly sha256: string;
}

/** How core gets the bytes of a file named in a document; rejects with AppError 'data.*'. */
export interface ReadFile {
  (path: string): Promise<Uint8Array>;
  /**
   * Plain files below a folder and its sub-folders, as paths from that folder with '/', hidden ones left out; absent
   * where there are no folders. Rejects with AppError 'data.unreadable'.
   */
  readonly list?: (folder: string) => Promise<readonly string[]>;
}

/**
 * Called between pieces of long work with the share that is done, 0 … 1. It may wait, so that others get their turn,
 * and it may throw to end the work.
 */
export type Turn = (share: number) => void | Promise<void>;
