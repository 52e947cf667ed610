/** What both step commands do: a paused run of what is on the canvas, made when there is none, then one unit of it. */
import { AppError } from '../../src-core/lib/errors.ts';
import type { AppState } from '../state/app.svelte.ts';

export async function takeStep(app: AppState, unit: 'batch' | 'epoch'): Promise<void> {
  const { project, run } = app;
  const [first] = project.errors;
  if (first !== undefined) throw new AppError('graph.problems', { count: project.errors.length, first: first.message });
  if (run.status !== 'paused' || app.isStale) await run.start(project.document, { paused: true });
  await run.stepOnce(unit);
}
