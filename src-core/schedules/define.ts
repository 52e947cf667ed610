/** What a schedule is: the learning rate of each epoch. */
import type { Fields } from '../lib/fields.ts';
import type { Json, JsonObject } from '../lib/json.ts';

/** The epoch a rate is asked for. */
export interface ScheduleMoment {
  /** The optimizer's learning_rate. */
  readonly base: number;
  /** Counted from 0. */
  readonly epoch: number;
  /** Epochs of the whole run. */
  readonly epochs: number;
  /** Rate of another schedule (a name or {"type": …}) at another moment; for schedules that hand over. */
  readonly inner: (schedule: Json, moment: { readonly epoch: number; readonly epochs: number }) => number;
}

/** One schedule: its form and its rate. */
export interface ScheduleDefinition {
  readonly label: string;
  readonly summary: string;
  /** TeX, without dollar signs. */
  readonly formula: string;
  readonly fields: Fields;
  /** Learning rate of the epoch. */
  readonly rate: (moment: ScheduleMoment, params: JsonObject) => number;
}
