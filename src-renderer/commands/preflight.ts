/** Before training: what must be mended stops it, what is merely unwise is shown once, and training goes on. */
import { AppError } from '../../src-core/lib/errors.ts';
import type { AppState } from '../state/app.svelte.ts';
import { fitNetwork, misfits } from './fit-network.ts';

const TOPIC = 'preflight';

/**
 * True when training may start. Errors are listed, and the first one's layer is chosen; where fitting the network to the
 * data mends them all, that is offered, and `then` follows it. Throws AppError 'graph.problems' for others.
 */
export function preflight(app: AppState, then: () => Promise<void>): boolean {
  const { project, selection, surfaces } = app;
  const [first] = project.errors;
  if (first !== undefined) {
    surfaces.showProblems = true;
    if (first.node !== undefined && project.nodesById.has(first.node)) selection.select([first.node]);
    if (offersFit(app, then)) return false;
    throw new AppError('graph.problems', { count: 1, first: first.message });
  }
  const unwise = project.analysis.problems.map(({ message }) => message).join('\n');
  if (unwise !== '' && unwise !== surfaces.warned) {
    surfaces.showProblems = true;
    surfaces.announcement = `Training starts, but: ${unwise}`;
  }
  surfaces.warned = unwise;
  return true;
}

function offersFit({ project, data, notices, surfaces }: AppState, then: () => Promise<void>): boolean {
  const { errors } = project;
  if (misfits(errors).length < errors.length) return false;
  const run = (): void => {
    project.edit('Fit network to data', (document) => fitNetwork(document, data.facts));
    surfaces.showProblems = false;
    void then();
  };
  const action = { label: 'Fit network and go on', run };
  notices.say('error', 'The network does not fit the data yet.', { action, topic: TOPIC });
  const stop = project.onChange(() => {
    stop();
    notices.withdraw(TOPIC); // it was an offer for the document as it was
  });
  return true;
}
