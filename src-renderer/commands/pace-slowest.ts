/** Holds runs back to 1 epoch a second, so that they can be watched. */
import type { Command } from './define.ts';

export const paceSlowest: Command = {
  label: 'Pace: 1 epoch a second',
  group: 'Training',
  run: ({ pace }) => pace.choose(1),
};
