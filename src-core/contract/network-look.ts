/** The inside of a network at a moment of its run: what cards and wires on the canvas show. */

/** A node as its card shows it. */
export interface NodeLook {
  readonly node: string;
  /** Outputs of a vector, channels of an image. */
  readonly unitCount: number;
  /** Share of the units that answer the same to every row looked at. */
  readonly deadShare: number;
  /** Length of the gradient of its tensors together, on a few rows; null where it has none. */
  readonly gradientNorm: number | null;
  /** Mean of |w| over its weights; null where it has none. */
  readonly meanWeight: number | null;
  /**
   * Outputs of its first units over the two inputs, [units × resolution × resolution], rows from low y to high y:
   * 1 is −scale, 128 is 0, 255 is scale.
   */
  readonly maps: Uint8Array | null;
  readonly scale: number;
}

/** A weight or bias as it stands, in the order of files. */
export interface TensorLook {
  readonly key: string;
  readonly shape: readonly number[];
  /** Whole leading rows of it, where all of it would be too much to send. */
  readonly values: Float32Array;
}

export interface NetworkLook {
  readonly step: number;
  /** Cells along an edge of the maps; 0 without maps. */
  readonly resolution: number;
  /** Of the nodes asked for, those that there are. */
  readonly nodes: readonly NodeLook[];
  /** Of the node whose weights were asked for. */
  readonly tensors: readonly TensorLook[];
}
