/** Back to the start: the next run begins with the same initial weights. */
import type { Command } from './define.ts';

export const reset: Command = {
  label: 'Reset',
  group: 'Training',
  keys: ['Mod+Shift+Backspace'],
  enabled: ({ host, run }) => host.connected && !run.busy && run.hasRun,
  run: ({ run }) => run.reset(),
};
