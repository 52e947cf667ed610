/** Lets runs go as fast as they can. */
import type { Command } from './define.ts';

export const paceFull: Command = {
  label: 'Pace: full speed',
  group: 'Training',
  run: ({ pace }) => pace.choose(null),
};
