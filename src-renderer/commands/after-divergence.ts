/** Ways on for a run that stopped being finite: smaller steps from its last sound state, or clipped gradients from the start. */
import { setTraining } from '../../src-core/graph/edit.ts';
import type { AppState } from '../state/app.svelte.ts';

const SMALLER = 10;
/** Long gradients are shortened to this length; ordinary ones are shorter. */
const CLIP_NORM = 1;

/** Goes on from the last sound state with a tenth of the learning rate, marked on the curves. */
export async function continueSmaller({ run }: AppState): Promise<void> {
  const { runId, document, learningRate } = run;
  if (runId === null || document === null) return;
  await run.resume(runId, document, { learningRate: learningRate / SMALLER });
}

/** Limits the length of the gradient in the document and trains anew: a saved state belongs to the settings it was made with. */
export async function clipAndTrain({ project, run }: AppState): Promise<void> {
  project.edit('Clip the gradient', (document) => setTraining(document, { gradient_clip: { norm: CLIP_NORM } }));
  await run.start(project.document);
}
