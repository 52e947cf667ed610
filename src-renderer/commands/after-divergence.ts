/** Ways on for a run that stopped being finite: smaller steps from its last sound state, or anew with a usual rate or clipped gradients. */
import { setTraining } from '../../src-core/graph/edit.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { findOptimizer } from '../../src-core/optimizers/registry.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { RunState } from '../state/run.svelte.ts';

const SMALLER = 10;
/** A tenth of 1e30 is 1e29, not 1.0000000000000001e29. */
const DIGITS = 12;
/** Long gradients are shortened to this length; ordinary ones are shorter. */
const CLIP_NORM = 1;

/** The rate at which a run may go on. */
export function smallerRate({ learningRate }: Pick<RunState, 'learningRate'>): number {
  return Number((learningRate / SMALLER).toPrecision(DIGITS));
}

/** Goes on from the last sound state with a tenth of the learning rate, marked on the curves. */
export async function continueSmaller({ run }: AppState): Promise<void> {
  const { runId, document } = run;
  if (runId === null || document === null) return;
  await run.resume(runId, document, { learningRate: smallerRate(run) });
}

/** Limits the length of the gradient in the document and trains anew: a saved state belongs to the settings it was made with. */
export async function clipAndTrain({ project, run }: AppState): Promise<void> {
  project.edit('Clip the gradient', (document) => setTraining(document, { gradient_clip: { norm: CLIP_NORM } }));
  await run.start(project.document);
}

/** What the optimizer starts with by itself, where the document asks for more; else null. */
export function usualRate({ training: { optimizer } }: ProjectDocument): number | null {
  const field = findOptimizer(optimizer.type)?.fields['learning_rate'];
  const usual = field?.kind === 'number' ? field.default : undefined;
  const asked = optimizer['learning_rate'];
  return typeof usual === 'number' && typeof asked === 'number' && asked > usual ? usual : null;
}

/** Puts that rate into the document and trains anew. */
export async function usualRateAndTrain({ project, run }: AppState): Promise<void> {
  const rate = usualRate(project.document);
  if (rate === null) return;
  const { optimizer } = project.document.training;
  project.edit(`Set learning rate to ${rate}`, (document) =>
    setTraining(document, { optimizer: { ...optimizer, learning_rate: rate } }),
  );
  await run.start(project.document);
}
