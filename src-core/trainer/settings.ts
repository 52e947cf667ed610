/** The training part of a document with every default filled in. */
import { resolveParams } from '../lib/fields-check.ts';
import type { Json } from '../lib/json.ts';
import { numberParam } from '../lib/params.ts';
import type { ProjectDocument, TrainingSpec } from '../graph/model.ts';
import { optimizerOf } from '../optimizers/registry.ts';
import { scheduledRate } from '../schedules/rate.ts';

export const DEFAULT_BATCH_SIZE = 32;
export const DEFAULT_EPOCHS = 100;
export const DEFAULT_SEED = 1;
const DEFAULT_PATIENCE = 10;

export interface EarlyStopping {
  /** Key of a history line. */
  readonly monitor: string;
  readonly patience: number;
  readonly minDelta: number;
  readonly restoreBest: boolean;
}

export interface TrainingSettings {
  readonly method: string;
  /** Rows a step sees, never more than there are. */
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
  readonly shuffle: boolean;
  /** The optimizer's own rate, before the schedule. */
  readonly learningRate: number;
  readonly schedule: Json | undefined;
  readonly earlyStopping: EarlyStopping | null;
  /** True: history lines hold `penalty`. */
  readonly isPenalized: boolean;
}

/**
 * @param training checked before by analysis
 * @param rows training rows
 */
export function resolveSettings(training: TrainingSpec, rows: number): TrainingSettings {
  const { batch_size: batch = DEFAULT_BATCH_SIZE, regularization } = training;
  const method = training.method ?? 'gradient';
  return {
    method,
    batchSize: batch === 'full' ? rows : Math.min(batch, rows),
    epochs: training.epochs ?? DEFAULT_EPOCHS,
    seed: training.seed ?? DEFAULT_SEED,
    shuffle: training.shuffle ?? true,
    learningRate: baseRate(training),
    schedule: training.schedule,
    earlyStopping: resolveEarlyStopping(training),
    isPenalized: (regularization?.l1 ?? 0) > 0 || (regularization?.l2 ?? 0) > 0,
  };
}

/** True when the weights of the best epoch are what is exported and evaluated: early stopping with restore_best. */
export function prefersBest({ training }: Pick<ProjectDocument, 'training'>): boolean {
  return resolveEarlyStopping(training)?.restoreBest ?? false;
}

/** Learning rate of an epoch counted from 0. */
export function rateAt(settings: TrainingSettings, base: number, epoch: number): number {
  return scheduledRate(settings.schedule, { base, epoch, epochs: settings.epochs });
}

function baseRate({ optimizer }: TrainingSpec): number {
  return numberParam(resolveParams(optimizerOf(optimizer.type).fields, optimizer), 'learning_rate');
}

function resolveEarlyStopping({ early_stopping: given }: TrainingSpec): EarlyStopping | null {
  if (given === undefined || given === null) return null;
  const {
    monitor = 'val_loss',
    patience = DEFAULT_PATIENCE,
    min_delta: minDelta = 0,
    restore_best: best = true,
  } = given;
  return {
    monitor: String(monitor),
    patience: Number(patience),
    minDelta: Number(minDelta),
    restoreBest: best === true,
  };
}
