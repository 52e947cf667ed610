/** The learning rate of an epoch, from the `schedule` key of a project. */
import { resolveVariant } from '../lib/fields-check.ts';
import type { VariantField } from '../lib/fields.ts';
import type { Json } from '../lib/json.ts';
import { scheduleOf, schedules } from './registry.ts';

/** The `schedule` key as a form field. */
export const scheduleField: VariantField = {
  kind: 'variant',
  label: 'Schedule',
  help: 'How the learning rate changes from epoch to epoch.',
  entries: Object.fromEntries(Object.entries(schedules).map(([id, { fields }]) => [id, fields])),
  default: 'constant',
};

/**
 * Learning rate of one epoch.
 * @param schedule a name or {"type": …}; undefined: constant
 * @param moment base rate, epoch counted from 0, epochs of the run
 */
export function scheduledRate(
  schedule: Json | undefined,
  moment: { readonly base: number; readonly epoch: number; readonly epochs: number },
): number {
  const { type, params } = resolveVariant(scheduleField, schedule ?? 'constant');
  const inner = (then: Json, later: { readonly epoch: number; readonly epochs: number }) =>
    scheduledRate(then, { base: moment.base, ...later });
  return scheduleOf(type).rate({ ...moment, inner }, params);
}
