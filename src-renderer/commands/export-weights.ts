/** Takes the trained weights home as JSON: the best ones where early stopping restores them, else the last. */
import type { Command } from './define.ts';
import { exportRun } from './export-run.ts';

export const exportWeights: Command = {
  label: 'Export weights',
  group: 'Project',
  whileWatching: true,
  keys: ['Mod+E'],
  enabled: ({ host, run }) => host.connected && run.runId !== null && run.step > 0,
  run: async (app) => {
    const { runId, document } = app.run;
    if (runId === null) return;
    const which = document?.training.early_stopping?.['restore_best'] === true ? 'best' : 'last';
    await exportRun(app, { runId, which, kind: 'json' });
  },
};
