/** Ends the run and keeps what it learnt. */
import type { Command } from './define.ts';

export const stop: Command = {
  label: 'Stop and keep the run',
  group: 'Training',
  enabled: ({ host, run }) => host.connected && !run.busy && run.isActive,
  run: ({ run }) => run.stop(),
};
