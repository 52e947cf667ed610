/** Takes the trained weights home as JSON: the best ones where early stopping restores them, else the last. */
import { keepFile } from './keep-file.ts';
import type { Command } from './define.ts';

export const exportWeights: Command = {
  label: 'Export weights',
  group: 'Project',
  keys: ['Mod+E'],
  enabled: ({ host, run }) => host.connected && run.runId !== null && run.step > 0,
  run: async (app) => {
    const { services } = app.host;
    const { runId, document } = app.run;
    if (services === null || runId === null) return;
    const which = document?.training.early_stopping?.['restore_best'] === true ? 'best' : 'last';
    const file = await services.runs.exportWeights({ runId, which, allowNonFinite: false });
    const name = await keepFile(app, file.name, file.bytes);
    if (name !== null) app.notices.say('success', `Exported weights to ${name}`);
  },
};
