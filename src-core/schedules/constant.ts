/** The same learning rate throughout. */
import type { ScheduleDefinition } from './define.ts';

/** rate = base. */
export const constant: ScheduleDefinition = {
  label: 'Constant',
  summary: 'The same learning rate throughout.',
  formula: String.raw`\eta_e = \eta`,
  fields: {},
  rate: ({ base }) => base,
};
