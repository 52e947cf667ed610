/** What a training method is: how the weights of a network change from step to step. */
import type { LoadedData } from '../../datasets/define.ts';
import type { ProjectDocument } from '../../graph/model.ts';
import type { Network, TrainRequest, TrainResult } from '../../runtime/define.ts';
import type { TrainingSettings } from '../settings.ts';

export interface MethodContext {
  readonly network: Network;
  readonly document: ProjectDocument;
  readonly data: LoadedData;
  readonly settings: TrainingSettings;
}

/** What a method has to say at the end of an epoch. */
export interface EpochEnd {
  /** Further keys of the history line. */
  readonly record: Readonly<Record<string, number>>;
  /** Why training is over; null while it goes on. */
  readonly finished: string | null;
}

/** A method at work on one network. */
export interface Method {
  /** Rows a step takes. */
  readonly batchSize: number;
  readonly train: (request: TrainRequest) => TrainResult;
  readonly endEpoch: () => EpochEnd;
  /** Numbers it carries from step to step beside weights and slots, for the checkpoint. */
  readonly readState: () => Float64Array;
  readonly writeState: (state: Float64Array) => void;
}

export interface MethodDefinition {
  readonly label: string;
  readonly summary: string;
  /** True: trains in float64 whatever backend was asked for, because its differences or decisions need the digits. */
  readonly needsFloat64?: boolean;
  readonly start: (context: MethodContext) => Method;
}
