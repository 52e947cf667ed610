/** Pauses the run; Train goes on from the same step. */
import type { Command } from './define.ts';

export const pause: Command = {
  label: 'Pause',
  group: 'Training',
  keys: ['Mod+.'],
  inText: true,
  enabled: ({ host, run }) => host.connected && !run.busy && run.isRunning,
  run: ({ run }) => run.pause(),
};
