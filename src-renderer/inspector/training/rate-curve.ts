/** The learning rate over the epochs as its schedule has it: for a small picture beside the form. */
import { checkField } from '../../../src-core/lib/fields-check.ts';
import type { TrainingSpec } from '../../../src-core/graph/model.ts';
import { scheduledRate, scheduleField } from '../../../src-core/schedules/rate.ts';

/** So many points draw any schedule well enough. */
const MOST_POINTS = 120;

/** Rates at evenly spread epochs; empty for a constant rate, and while something in the form is wrong. */
export function rateCurve({ schedule, epochs = 100 }: TrainingSpec, base: number): readonly number[] {
  if (schedule === undefined || checkField(scheduleField, schedule, 'training.schedule').length > 0) return [];
  if (!Number.isSafeInteger(epochs) || epochs < 1 || !(base > 0)) return [];
  const count = Math.min(MOST_POINTS, epochs);
  return Array.from({ length: count }, (_, i) =>
    scheduledRate(schedule, { base, epoch: Math.floor((i * epochs) / count), epochs }),
  );
}
