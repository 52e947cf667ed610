/** Before training: what must be mended stops it, what is merely unwise is shown once, and training goes on. */
import { AppError } from '../../src-core/lib/errors.ts';
import type { AppState } from '../state/app.svelte.ts';

/** Throws AppError 'graph.problems' while there are errors; they are then listed, and the first one's layer is chosen. */
export function preflight({ project, selection, surfaces }: AppState): void {
  const [first] = project.errors;
  if (first !== undefined) {
    surfaces.showProblems = true;
    if (first.node !== undefined && project.nodesById.has(first.node)) selection.select([first.node]);
    throw new AppError('graph.problems', { count: project.errors.length, first: first.message });
  }
  const unwise = project.analysis.problems.map(({ message }) => message).join('\n');
  if (unwise !== '' && unwise !== surfaces.warned) {
    surfaces.showProblems = true;
    surfaces.announcement = `Training starts, but: ${unwise}`;
  }
  surfaces.warned = unwise;
}
