/** What an export format is: trained weights with their graph, in; bytes of a file, out. */
import type { LoadedData } from '../datasets/define.ts';
import type { Graph } from '../graph/model.ts';
import type { JsonObject } from '../lib/json.ts';
import type { Shape } from '../tensor/shape.ts';
import type { CreateHash } from '../trainer/checkpoint.ts';
import type { Pieces } from './pieces.ts';

export interface WeightsTensor {
  readonly shape: Shape;
  /** Row-major, in PyTorch's layout. */
  readonly data: Float32Array;
}

/** Inputs with the outputs that the network gives for them. */
export interface TestVectors {
  /** Flat values entering the input node: after features and standardisation. */
  readonly inputs: readonly (readonly number[])[];
  /** Values of the output node in evaluation mode. */
  readonly outputs: readonly (readonly number[])[];
  readonly tolerance: number;
}

/** A trained network as a weights file holds it: formats.md section 3. */
export interface TrainedNetwork {
  readonly graph: Graph;
  readonly data: JsonObject;
  readonly training: JsonObject;
  readonly tensors: ReadonlyMap<string, WeightsTensor>;
  readonly vectors: TestVectors;
}

export interface ExportOptions {
  /** True: NaN and the infinities are written too. */
  readonly allowNonFinite: boolean;
  /** Absent: SHA-256 in JavaScript. */
  readonly createHash?: CreateHash | undefined;
  /** Told of so many more numbers of tensors that are written. */
  readonly onNumbers?: ((count: number) => void) | undefined;
}

export interface FormatDefinition {
  /** 'JSON', as menus show it. */
  readonly label: string;
  readonly summary: string;
  /** Ending of its files, with the dot. */
  readonly extension: string;
  /** Throws AppError 'weights.not_finite', 'export.*' before the first byte. */
  readonly write: (network: TrainedNetwork, options: ExportOptions) => Pieces;
}

export interface NamedFile {
  readonly name: string;
  readonly pieces: Pieces;
}

/** A format of several files in a folder. */
export interface FolderDefinition {
  readonly label: string;
  readonly summary: string;
  /**
   * Its files, to be written one after the other. Throws AppError 'weights.not_finite' when the weights' turn comes.
   * @param options with the rows that the network was trained on, or null where they are not at hand
   */
  readonly write: (
    network: TrainedNetwork,
    options: ExportOptions & { readonly rows: LoadedData | null },
  ) => readonly NamedFile[];
}
