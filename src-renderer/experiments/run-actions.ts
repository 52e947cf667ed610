/** What can be done with a stored run: each ends in the state of the window or in a file. */
import type { RunSummary, WeightsChoice } from '../../src-core/contract/records.ts';
import { offerBack } from '../commands/offer-back.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import type { AppState } from '../state/app.svelte.ts';
import { trainingKey } from '../state/same-run.ts';

/** Puts the run's document on the canvas; the one that was there can be had back. */
export async function restoreDocument(app: AppState, run: RunSummary): Promise<void> {
  const { services } = app.host;
  if (services === null) return;
  const { document } = await services.runs.get({ runId: run.id });
  await putOnCanvas(app, run, document);
}

async function putOnCanvas(app: AppState, run: RunSummary, document: ProjectDocument): Promise<void> {
  const before = app.project.snapshot;
  app.project.open(document, { saved: false });
  await offerBack(app, before, `the network of “${run.name}”`);
}

/** A new run that goes on from where this one had saved its state; it is chosen, and goes on when it is told to. */
export async function branchFrom(app: AppState, run: RunSummary, which: WeightsChoice): Promise<void> {
  const { services } = app.host;
  if (services === null) return;
  const { runId } = await services.runs.branch({ runId: run.id, which });
  const branch = await services.runs.get({ runId });
  app.runs.put(branch);
  app.runs.select([runId]);
  const action = { label: 'Resume', run: () => void resumeRun(app, branch) };
  app.notices.say('success', `Branched “${run.name}” at epoch ${branch.epoch}`, { action });
}

/** Marks on the canvas what tells it from the run's graph. */
export async function holdAgainstCanvas(app: AppState, run: RunSummary): Promise<void> {
  const { services } = app.host;
  if (services === null) return;
  const { document } = await services.runs.get({ runId: run.id });
  app.difference.hold({ name: run.name, graph: document.graph });
}

/** Puts one run's network on the canvas, and marks what tells it from another run's. */
export async function compareOnCanvas(app: AppState, shown: RunSummary, against: RunSummary): Promise<void> {
  await restoreDocument(app, shown);
  await holdAgainstCanvas(app, against);
}

/** Shows the run in the plots as it ended; the canvas stays as it is. */
export async function showRun(app: AppState, run: RunSummary): Promise<void> {
  const { services } = app.host;
  if (services === null) return;
  await app.run.show(await services.runs.get({ runId: run.id }));
}

/** Goes on from the run's last checkpoint; its own document comes to the canvas where another one was. */
export async function resumeRun(app: AppState, run: RunSummary): Promise<void> {
  const { services } = app.host;
  if (services === null) return;
  const { document } = await services.runs.get({ runId: run.id });
  if (trainingKey(document) !== trainingKey(app.project.document)) await putOnCanvas(app, run, document);
  await app.run.resume(run.id, document);
}

/** Gone at once, and back with one press while the message stands. */
export async function deleteRuns(app: AppState, deleted: readonly RunSummary[]): Promise<void> {
  const { services } = app.host;
  const [first, ...others] = deleted;
  if (services === null || first === undefined) return;
  for (const { id } of deleted) {
    await services.runs.delete({ runId: id });
    app.runs.forget(id);
  }
  app.runs.select([]);
  await app.runs.refresh();
  const undo = async (): Promise<void> => {
    for (const run of deleted) {
      await services.runs.restore({ runId: run.id });
      app.runs.put(run);
    }
  };
  const action = { label: 'Undo', run: () => void undo() };
  const what = others.length === 0 ? `the run “${first.name}”` : `${deleted.length} runs`;
  app.notices.say('info', `Deleted ${what}`, { action });
}

/**
 * Notes and tags as the person leaves them; what is not named stays. The list has them at once: leaving the notes for the
 * tags sends both, and the second must not carry the notes of before the first.
 */
export async function annotateRun(
  app: AppState,
  { id }: RunSummary,
  change: { notes?: string; tags?: readonly string[] },
): Promise<void> {
  const run = app.runs.list.find((listed) => listed.id === id);
  const { services } = app.host;
  if (services === null || run === undefined) return;
  const next = { ...run, ...change };
  app.runs.put(next);
  try {
    await services.runs.annotate({ runId: id, notes: next.notes, tags: [...next.tags] });
  } catch (error) {
    app.runs.put(run);
    throw error;
  }
}
