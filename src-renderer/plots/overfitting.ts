/** Whether a run learns its training rows by heart: held-out loss rises while the training loss goes on falling. */
import type { EpochRecord } from '../../src-core/contract/records.ts';

/** Epochs after the best one before anything is said: a tenth of the way there, within these. */
const FEWEST_EPOCHS = 10;
const MOST_EPOCHS = 1_000;
/** Validation loss above its best, as a share of it, that is more than a wiggle. */
const LEAST_RISE = 0.1;

export interface Overfitting {
  /** The epoch of the best validation loss. */
  readonly since: number;
  /** By how much the validation loss lies above its best, as a share of it. */
  readonly rise: number;
}

/**
 * Compares the mean of the newest epochs with the best one.
 * @param records in rising order; the newest are enough
 * @param best the epoch of the lowest validation loss
 */
export function overfitting(records: readonly EpochRecord[], best: EpochRecord | null): Overfitting | null {
  const last = records.at(-1);
  if (best?.val_loss === undefined || last === undefined) return null;
  const count = Math.min(MOST_EPOCHS, Math.max(FEWEST_EPOCHS, Math.ceil(best.epoch / 10)));
  if (last.epoch - best.epoch < count || records.length < count) return null;
  const newest = records.slice(-count);
  const rise = mean(newest, 'val_loss') / best.val_loss - 1;
  return rise >= LEAST_RISE && mean(newest, 'loss') < best.loss ? { since: best.epoch, rise } : null;
}

function mean(records: readonly EpochRecord[], metric: 'loss' | 'val_loss'): number {
  return records.reduce((sum, record) => sum + (record[metric] ?? NaN), 0) / records.length;
}
