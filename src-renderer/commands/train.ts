/** Trains: starts a run, or goes on with the paused one as long as it is of what is on the canvas. */
import type { AppState } from '../state/app.svelte.ts';
import type { Command } from './define.ts';
import { preflight } from './preflight.ts';

export const train: Command = {
  label: 'Train',
  group: 'Training',
  keys: ['Mod+Enter'],
  inText: true,
  enabled: ({ host, run }) => host.connected && !run.busy && !run.isRunning,
  run: startTraining,
};

async function startTraining(app: AppState): Promise<void> {
  const { project, run } = app;
  if (!preflight(app, () => startTraining(app))) return;
  if (run.status === 'paused' && !app.isStale) await run.continue();
  else await run.start(project.document);
}
