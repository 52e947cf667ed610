/** Holds runs back to 30 epochs a second, so that they can be watched. */
import type { Command } from './define.ts';

export const paceFast: Command = {
  label: 'Pace: 30 epochs a second',
  group: 'Training',
  run: ({ pace }) => pace.choose(30),
};
