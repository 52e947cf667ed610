/** Service `engine`: what the host asks of the training process. Same wire and codec as the window's services. */
import * as v from 'valibot';
import type { ProjectDocument, DataSpec } from '../graph/model.ts';
import { call } from './define.ts';
import type { InsightKind } from './insights.ts';
import type { NetworkLook, UnitsWanted } from './network-look.ts';
import type {
  BoundaryGrid,
  CsvInspection,
  DataPreview,
  EpochRecord,
  ExportedFile,
  ExportedPart,
  ExportKindInfo,
  FilePredictions,
  Prediction,
  Progress,
  Reading,
  RunLook,
  RunStatus,
  TestScore,
} from './records.ts';
import { mergeProgress } from './merge-progress.ts';
import { trainingService } from './training.ts';

/** The engine trusts its one caller, the host: arguments were checked at the host's door. */
const trusted = <T>() => v.custom<T>(() => true);

export interface StartArgs {
  readonly runId: string;
  readonly document: ProjectDocument;
  /** Data paths in the document are relative to its folder; the engine reads the files itself. */
  readonly place: DataPlace;
  readonly paused: boolean;
  /** Encoded checkpoint to go on from. */
  readonly checkpoint: StateArg | null;
  /** Best-so-far checkpoint that belongs to it. */
  readonly best: StateArg | null;
  /** From the first step on, instead of the one that the state or the document has. */
  readonly learningRate?: number | undefined;
}

export interface Started {
  readonly parameterCount: number;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
  /** Rows held out; null without validation. */
  readonly validationIndices: Uint32Array | null;
}

/** Where data files of a document are looked for. */
export interface DataPlace {
  readonly folder: string;
  /** False: files outside the folder are refused. True for runs that a person started with the command line. */
  readonly isOpen: boolean;
}

/** A saved state: a small one as it is, a large one by the key under which its pieces were handed over. It is taken from there. */
export type StateArg = Uint8Array | { readonly key: string };

export interface StatePiece {
  readonly key: string;
  /** Of the whole state. */
  readonly size: number;
  /** Where these bytes belong; pieces come in order. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

export interface WeightsArgs {
  readonly document: ProjectDocument;
  readonly place: DataPlace;
  readonly checkpoint: StateArg;
}

export interface ExportArgs extends WeightsArgs {
  readonly allowNonFinite: boolean;
  /** One of `exportKinds`. */
  readonly kind: string;
  /** Names it for `exportPart` and `cancelReading`. */
  readonly job: string;
}

/** A network that is asked something. */
export interface AskArgs extends Omit<WeightsArgs, 'checkpoint'> {
  /** Null: the active run's, as it stands. */
  readonly checkpoint: StateArg | null;
}

export interface LookArgs extends WeightsArgs {
  readonly view: Pick<BoundaryGrid, 'resolution' | 'x' | 'y'> | null;
  readonly confusion: boolean;
  readonly insights: readonly InsightKind[];
}

export interface InsideArgs extends WeightsArgs {
  readonly nodes: readonly string[];
  readonly weights: string | null;
  readonly units?: UnitsWanted | undefined;
}

export const engineService = {
  name: 'engine',
  calls: {
    start: call<Started>()(trusted<StartArgs>()),
    pause: trainingService.calls.pause,
    continue: trainingService.calls.continue,
    stop: trainingService.calls.stop,
    step: trainingService.calls.step,
    setLearningRate: trainingService.calls.setLearningRate,
    setPace: trainingService.calls.setPace,
    watchBoundary: trainingService.calls.watchBoundary,
    watchInsights: trainingService.calls.watchInsights,
    watchNetwork: trainingService.calls.watchNetwork,
    current: trainingService.calls.current,
    preview: call<DataPreview>()(trusted<{ data: DataSpec; place: DataPlace; job?: string }>()),
    cancelReading: call<null>()(trusted<{ job: string }>()),
    inspectCsv:
      call<CsvInspection>()(
        trusted<{
          path: string;
          place: DataPlace;
          delimiter?: string;
          decimal?: string;
          header?: boolean;
          charset?: string;
          missingValues?: readonly string[];
          job?: string;
        }>(),
      ),
    exportKinds: call<readonly ExportKindInfo[]>()(trusted<Record<never, never>>()),
    exportWeights: call<ExportedFile>()(trusted<ExportArgs>()),
    exportPart: call<ExportedPart>()(trusted<{ job: string; part: number }>()),
    holdState: call<null>()(trusted<StatePiece>()),
    /** Gives up a state that no call has taken. */
    dropState: call<null>()(trusted<{ key: string }>()),
    predict: call<Prediction>()(trusted<AskArgs & { rows: readonly (readonly (number | string)[])[] }>()),
    predictFile: call<FilePredictions>()(trusted<AskArgs & { file: string; filePlace: DataPlace; job: string }>()),
    predictionPart: call<Uint8Array>()(trusted<{ job: string; part: number }>()),
    scoreTest: call<TestScore>()(trusted<AskArgs & { job: string }>()),
    look: call<RunLook>()(trusted<LookArgs>()),
    inside: call<NetworkLook>()(trusted<InsideArgs>()),
  },
  events: ['progress', 'epoch', 'checkpoint', 'ended', 'reading'],
  display: { progress: mergeProgress },
} as const;

/** One piece of a saved state. States come in pieces that hold up neither side. */
export interface CheckpointPart {
  readonly runId: string;
  readonly kind: 'last' | 'best';
  readonly epoch: number;
  readonly step: number;
  /** Of the whole state. */
  readonly size: number;
  readonly sha256: string;
  /** Number of this piece, from 0; the pieces of a state come in order and nothing of another state comes between. */
  readonly part: number;
  readonly bytes: Uint8Array;
  /** True for the last piece of what was saved together: all of it counts from here on, and none of it before. */
  readonly isComplete: boolean;
}

/** `progress` is for the eye and may be dropped; the other three are the durable record and never are. */
export interface EngineEvents {
  readonly reading: Reading;
  readonly progress: Progress;
  /** Finished epochs, in order; `bestEpoch` as it stands after the last of them. */
  readonly epoch: {
    readonly runId: string;
    readonly records: readonly EpochRecord[];
    readonly bestEpoch: number | null;
  };
  readonly checkpoint: CheckpointPart;
  readonly ended: { readonly runId: string; readonly status: RunStatus; readonly reason: string | null };
}
