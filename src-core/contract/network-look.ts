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
  /** Mean of |gradient of the loss| over its weights, on the same few rows; null where it has none. */
  readonly meanGradient: number | null;
  /**
   * Outputs of its first units over the two inputs, [units × resolution × resolution], rows from low y to high y:
   * 1 is −scale, 128 is 0, 255 is scale.
   */
  readonly maps: Uint8Array | null;
  readonly scale: number;
}

/** Some units of one node, as far as there are so many. */
export interface UnitsWanted {
  readonly node: string;
  /** Number of the first one, from 0. */
  readonly from: number;
  readonly count: number;
}

/** Their pictures, as in `NodeLook.maps`. */
export interface UnitPage extends Pick<UnitsWanted, 'node' | 'from'> {
  /** [units of the page × resolution × resolution] */
  readonly maps: Uint8Array;
}

/** A weight or bias as it stands, in the order of files. */
export interface TensorLook {
  readonly key: string;
  readonly shape: readonly number[];
  /** Whole leading rows of it, where all of it would be too much to send. */
  readonly values: Float32Array;
}

export const phaseNames = ['forward', 'backward', 'update'] as const;
export type PhaseName = (typeof phaseNames)[number];

/** What a node does in one training step. */
export interface PhaseNode {
  readonly node: string;
  /** Mean of |output| over the rows of the batch. */
  readonly output: number;
  /** Mean of |gradient of the loss| at its output; null before the backward phase, and where the loss does not depend on it. */
  readonly gradient: number | null;
  /** `logits`: taken before its last activation, because the loss is computed from there. */
  readonly gradientOf: 'output' | 'logits';
  /** Length of the gradient of its tensors together; null before the backward phase and without tensors. */
  readonly tensorGradient: number | null;
  /** Length of what the update changed in its tensors; null before the update and without tensors. */
  readonly change: number | null;
}

/** One tensor of a training step, in the order and as far as in `TensorLook`. */
export interface PhaseTensor {
  readonly key: string;
  readonly gradient: Float32Array | null;
  readonly change: Float32Array | null;
}

/** What a node answers to the first rows of the batch, [rows × size], and the gradients there. */
export interface PhaseRows {
  readonly node: string;
  readonly rows: number;
  /** Numbers of one row that are sent, from the first. */
  readonly size: number;
  readonly outputs: Float32Array;
  readonly gradients: Float32Array | null;
}

/** A training step that is taken phase by phase, as far as it has come. */
export interface PhaseLook {
  readonly phase: PhaseName;
  /** Number of the step over the whole run, from 1. */
  readonly step: number;
  /** Rows of its batch. */
  readonly rows: number;
  /** What is differentiated: the loss of the batch, without penalties. */
  readonly loss: number;
  /** Of the nodes asked for. */
  readonly nodes: readonly PhaseNode[];
  /** Of the node whose weights were asked for. */
  readonly tensors: readonly PhaseTensor[];
  readonly firstRows: PhaseRows | null;
}

export interface NetworkLook {
  readonly step: number;
  /** Null while whole steps are taken. */
  readonly phase: PhaseLook | null;
  /** Cells along an edge of the maps; 0 without maps. */
  readonly resolution: number;
  /** Of the nodes asked for, those that there are. */
  readonly nodes: readonly NodeLook[];
  /** Of the node whose weights were asked for. */
  readonly tensors: readonly TensorLook[];
  /** Where a page of units was asked for, and they have maps. */
  readonly unitPage: UnitPage | null;
}
