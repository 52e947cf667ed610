/** What drives a run, seen from outside: the command line calls it in a loop, the engine process between messages. */
import type { NetworkLook, PhaseName, UnitsWanted } from '../contract/network-look.ts';
import type { BoundaryGrid, EpochRecord } from '../contract/records.ts';
import type { LoadedData } from '../datasets/define.ts';
import type { ProjectDocument } from '../graph/model.ts';
import type { ThreadStarter } from '../kernels/wasm/threads.ts';
import type { Turns } from '../lib/turns.ts';
import type { TensorSource } from '../runtime/arrays.ts';
import type { BackendName } from '../runtime/define.ts';
import type { CreateHash } from './checkpoint.ts';
import type { InitialWeights } from './weights.ts';

export interface TrainerOptions {
  readonly document: ProjectDocument;
  readonly data: LoadedData;
  readonly backend: BackendName;
  /** Starts threads that help with long steps; absent: everything on the calling thread. The numbers are the same. */
  readonly threads?: ThreadStarter;
  /** Encoded state to go on from; absent: initial weights from the document's seed. */
  readonly checkpoint?: Uint8Array;
  /** The best-so-far state that belongs to `checkpoint`. */
  readonly best?: Uint8Array;
  /** Starting weights (`--weights-in`); ignored when going on from a checkpoint. */
  readonly weights?: InitialWeights;
}

export type TrainerStatus = 'ready' | 'done' | 'stopped_early' | 'diverged';

/** What is to be looked at inside a network. */
export interface LookRequest {
  readonly nodes: readonly string[];
  /** The node whose tensors are wanted. */
  readonly weights: string | null;
  /** A page of the units of one of `nodes`; absent: only the first ones are wanted. */
  readonly units?: UnitsWanted | undefined;
  /** Rows that the look may compute: few rows, coarse maps. */
  readonly rows: number;
  /** Rows that it computes in one turn. */
  readonly turnRows: number;
  /** Only sends rows through, to see how long they take. */
  readonly isTrial?: boolean;
}

/** A state on its way into bytes. */
export interface Saving {
  readonly epoch: number;
  readonly step: number;
  /** False: it is read from the network at work, which must take no step until the bytes are there. */
  readonly isKept: boolean;
  readonly bytes: Turns<Uint8Array<ArrayBuffer>>;
}

/** What one slice of work brought. */
export interface Slice {
  /** Mean batch losses of the steps taken, in order. */
  readonly stepLosses: Float64Array;
  /** Present when the slice ended an epoch: its line of the history. */
  readonly record: EpochRecord | null;
  /** True when that epoch is the best so far by the monitored value. */
  readonly improved: boolean;
  readonly rows: number;
  /** Turns that went to the end of the epoch. */
  readonly turns: number;
  readonly status: TrainerStatus;
  /** Why it stopped, in a sentence; null while it goes on or ended as planned. */
  readonly reason: string | null;
}

export interface Trainer {
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly parameterCount: number;
  /** Finished epochs. */
  readonly epoch: number;
  /** Optimizer steps taken over the whole run. */
  readonly step: number;
  readonly status: TrainerStatus;
  readonly learningRate: number;
  readonly bestEpoch: number | null;
  /** How far the step to come was worked out by `prepareStep`, or `update` once it was taken; null while whole steps are taken. */
  readonly phase: PhaseName | null;
  /** All steps of an epoch are taken, its end is not finished: evaluation, and a copy of the state. */
  readonly isEvaluating: boolean;
  /**
   * Works out the step to come without taking it: its forward pass, at the next call its backward pass too. `advance(1)`
   * then takes it. Throws AppError 'training.no_phases', 'training.phases_too_large'.
   */
  prepareStep(): void;
  /**
   * Takes at most `maxSteps` steps and never crosses the end of an epoch; works on that end for at most `maxTurns` turns of
   * a few milliseconds. Absent: enough for small data.
   */
  advance(maxSteps: number, maxTurns?: number): Slice;
  /** From the next step on; recorded in the checkpoint. */
  setLearningRate(value: number): void;
  /**
   * Everything needed to go on bit for bit: weights, slots, counters, seeds, schedule, early stopping, data hash. The best
   * state is null before the first epoch.
   */
  saving(which: 'last' | 'best', createHash?: CreateHash): Saving | null;
  /** The last state in one go. */
  checkpoint(): Uint8Array;
  /** State at the best epoch; null before the first epoch. */
  bestCheckpoint(): Uint8Array | null;
  /** Present weights (or those at the best epoch) by tensor key. */
  weights(which: 'last' | 'best'): Map<string, Float32Array | Float64Array>;
  /** The same to be read a part at a time, of the network as it is then. */
  weightSource(): TensorSource;
  /**
   * Outputs over a grid of inputs `x` and `y` (raw units), the other inputs at their training means. No step may be taken
   * until it is finished.
   * @param rows points computed in one turn; absent: all
   */
  boundary(view: { resolution: number; x: number; y: number }, rows?: number): Turns<BoundaryGrid>;
  /** Into the network: see trainer/look.ts. No step may be taken until it is finished. */
  look(request: LookRequest): Turns<NetworkLook>;
  /** [classes × classes] on validation rows (training rows without validation); null for regression. */
  confusion(): Float64Array | null;
  dispose(): void;
}
