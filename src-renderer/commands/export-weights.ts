/** Takes the trained weights home as JSON: the best ones where early stopping restores them, else the last. */
import { RemoteError } from '../../src-core/contract/client.ts';
import type { WeightsChoice } from '../../src-core/contract/records.ts';
import type { AppState } from '../state/app.svelte.ts';
import { keepFile } from './keep-file.ts';
import type { Command } from './define.ts';

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
    try {
      await exportRun(app, { runId, which, allowNonFinite: false });
    } catch (error) {
      if (!(error instanceof RemoteError) || error.code !== 'weights.not_finite') throw error;
      // Weights that are no numbers leave the house only when the person says so.
      const run = (): void => void exportRun(app, { runId, which, allowNonFinite: true });
      app.notices.say('error', error.message, { label: 'Export anyway', run });
    }
  },
};

interface ExportChoice {
  readonly runId: string;
  readonly which: WeightsChoice;
  readonly allowNonFinite: boolean;
}

async function exportRun(app: AppState, choice: ExportChoice): Promise<void> {
  const file = await app.host.services?.runs.exportWeights(choice);
  const name = file === undefined ? null : await keepFile(app, file.name, file.bytes);
  if (name !== null) app.notices.say('success', `Exported weights to ${name}`);
}
