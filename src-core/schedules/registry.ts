/** All schedules by id. */
import { present } from '../lib/assert.ts';
import { ownEntry } from '../lib/fields-check.ts';
import { registryOf } from '../lib/registry.ts';
import * as all from './all.ts';
import type { ScheduleDefinition } from './define.ts';

/** By id, in code-unit order. */
export const schedules = registryOf(all) satisfies Readonly<Record<string, ScheduleDefinition>>;

/** The schedule called `id`, or undefined for an unknown one. */
export function findSchedule(id: string): ScheduleDefinition | undefined {
  return ownEntry<ScheduleDefinition>(schedules, id);
}

/** The schedule of an id that was checked before. */
export function scheduleOf(id: string): ScheduleDefinition {
  return present(findSchedule(id), `schedule ${id}`);
}
