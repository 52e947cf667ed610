/** Asks what the trained network is to be taken home as. */
import type { Command } from './define.ts';

export const exportAs: Command = {
  label: 'Export as…',
  group: 'Project',
  whileWatching: true,
  keys: ['Mod+Shift+E'],
  enabled: ({ host, run }) => host.connected && run.runId !== null && run.step > 0,
  run: ({ run, surfaces }) => {
    surfaces.export(run.runId);
  },
};
