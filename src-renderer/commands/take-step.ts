/** What the step commands do: a paused run of what is on the canvas, made when there is none, then one unit of it. */
import type { AppState } from '../state/app.svelte.ts';
import { preflight } from './preflight.ts';

export async function takeStep(app: AppState, unit: 'batch' | 'epoch' | 'phase'): Promise<void> {
  const { project, run } = app;
  if (!preflight(app, () => takeStep(app, unit))) return;
  if (run.status !== 'paused' || app.isStale) await run.start(project.document, { paused: true });
  await run.stepOnce(unit);
}
