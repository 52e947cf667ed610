/** Weights that are no numbers leave the house only when the person says so. */
import { AppError } from '../lib/errors.ts';
import type { Turns } from '../lib/turns.ts';
import { partsOf } from '../tensor/layout-part.ts';
import type { ExportOptions, TrainedNetwork } from './define.ts';

/** Numbers looked at between two turns: about a millisecond. */
const TURN_NUMBERS = 2 ** 19;

/** Throws AppError 'weights.not_finite' naming the tensor, unless that is allowed. */
export function* refuseNonFinite(
  { tensors }: Pick<TrainedNetwork, 'tensors'>,
  { allowNonFinite }: Pick<ExportOptions, 'allowNonFinite'>,
): Turns<void> {
  if (allowNonFinite) return;
  for (const [key, { data }] of tensors) {
    for (const { from, to } of partsOf(data.length, TURN_NUMBERS)) {
      for (let i = from; i < to; i++) {
        if (!Number.isFinite(data[i] as number)) throw new AppError('weights.not_finite', { key });
      }
      if (to - from === TURN_NUMBERS) yield;
    }
  }
}
