/** Holds runs back to 5 epochs a second, so that they can be watched. */
import type { Command } from './define.ts';

export const paceSlow: Command = {
  label: 'Pace: 5 epochs a second',
  group: 'Training',
  run: ({ pace }) => pace.choose(5),
};
