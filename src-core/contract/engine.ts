/** Service `engine`: what the host asks of the training process. Same wire and codec as the window's services. */
import * as v from 'valibot';
import type { ProjectDocument, DataSpec } from '../graph/model.ts';
import { call } from './define.ts';
import type { CsvInspection, DataPreview, EpochRecord, MadeFile, Prediction, Progress, RunStatus } from './records.ts';
import { mergeProgress } from './merge-progress.ts';
import { trainingService } from './training.ts';

/** The engine trusts its one caller, the host: arguments were checked at the host's door. */
const trusted = <T>() => v.custom<T>(() => true);

export interface StartArgs {
  readonly runId: string;
  readonly document: ProjectDocument;
  /** Data paths in the document are relative to this folder; the engine reads the files itself. */
  readonly folder: string;
  readonly paused: boolean;
  /** Encoded checkpoint to go on from. */
  readonly checkpoint: Uint8Array | null;
  /** Best-so-far checkpoint that belongs to it. */
  readonly best: Uint8Array | null;
}

export interface WeightsArgs {
  readonly document: ProjectDocument;
  readonly folder: string;
  readonly checkpoint: Uint8Array;
}

export const engineService = {
  name: 'engine',
  calls: {
    start: call<{ parameterCount: number; stepsPerEpoch: number }>()(trusted<StartArgs>()),
    pause: trainingService.calls.pause,
    continue: trainingService.calls.continue,
    stop: trainingService.calls.stop,
    step: trainingService.calls.step,
    setLearningRate: trainingService.calls.setLearningRate,
    watchBoundary: trainingService.calls.watchBoundary,
    current: trainingService.calls.current,
    preview: call<DataPreview>()(trusted<{ data: DataSpec; folder: string }>()),
    inspectCsv:
      call<CsvInspection>()(
        trusted<{ path: string; folder: string; delimiter?: string; decimal?: string; header?: boolean }>(),
      ),
    exportWeights: call<MadeFile>()(trusted<WeightsArgs & { allowNonFinite: boolean }>()),
    predict: call<Prediction>()(trusted<WeightsArgs & { rows: readonly (readonly number[])[] }>()),
  },
  events: ['progress', 'epoch', 'checkpoint', 'ended'],
  display: { progress: mergeProgress },
} as const;

/** `progress` is for the eye and may be dropped; the other three are the durable record and never are. */
export interface EngineEvents {
  readonly progress: Progress;
  readonly epoch: { readonly runId: string; readonly record: EpochRecord };
  readonly checkpoint: {
    readonly runId: string;
    readonly kind: 'last' | 'best';
    readonly epoch: number;
    readonly step: number;
    readonly bytes: Uint8Array;
  };
  readonly ended: { readonly runId: string; readonly status: RunStatus; readonly reason: string | null };
}
