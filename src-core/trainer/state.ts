/** Everything a run needs to go on bit for bit, as plain data: what checkpoints hold. */
import type { EpochRecord } from '../contract/records.ts';
import type { DataEncoding } from '../datasets/define.ts';
import type { Network } from '../runtime/define.ts';
import type { BestSoFar } from './early-stop.ts';

export type Numbers = Float32Array | Float64Array;

/** Where a run stands, without the numbers of its network. */
export interface Standing {
  /** Numerics of the engine that trained: another build may round differently. */
  readonly build: string;
  /** SHA-256 of graph and training settings (without the number of epochs). */
  readonly config: string;
  /** SHA-256 of the rows as fed. */
  readonly data: string;
  /** Finished epochs. */
  readonly epoch: number;
  /** Optimizer steps over the whole run. */
  readonly step: number;
  /** Steps taken in the epoch that is under way. */
  readonly position: number;
  /** Sum of mean batch losses × rows in the epoch under way, and those rows. */
  readonly lossTimesRows: number;
  readonly rows: number;
  /** Seed of every stream; streams have no state beside the counters above. */
  readonly seed: number;
  /** Before the schedule; a person may have changed it during the run. */
  readonly baseRate: number;
  readonly best: BestSoFar;
  /** Why the run is over; null while it can go on. */
  readonly finished: { readonly status: 'done' | 'stopped_early'; readonly reason: string | null } | null;
  /** History line of the last finished epoch; null before the first. */
  readonly record: EpochRecord | null;
  /** Inputs of a few training rows, as fed [rows × inputSize]: the test vectors of exports. */
  readonly samples: Float64Array;
  /** How raw rows are read: predictions need it and not the data. */
  readonly encoding: DataEncoding;
  /** What the method carries besides. */
  readonly method: Float64Array;
}

export interface RunState extends Standing {
  /** Weights and running statistics by tensor key. */
  readonly tensors: ReadonlyMap<string, Numbers>;
  /** Optimizer state by slot key. */
  readonly slots: ReadonlyMap<string, Numbers>;
}

/** Puts tensors and slots back. */
export function writeArrays(network: Network, { tensors, slots }: Pick<RunState, 'tensors' | 'slots'>): void {
  for (const [key, values] of [...tensors, ...slots]) network.write(key, values);
}
