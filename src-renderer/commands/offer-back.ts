/** After another document was opened: ends the old run, and offers the unsaved document back. */
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import type { AppState } from '../state/app.svelte.ts';

export async function offerBack(
  app: AppState,
  before: ProjectDocument,
  { wasSaved, what }: { readonly wasSaved: boolean; readonly what: string },
): Promise<void> {
  app.selection.clear();
  const action = {
    label: 'Go back',
    run: () => app.project.open(before, { saved: false }),
  };
  app.notices.say('info', `Opened ${what}`, { topic: 'opened', ...(wasSaved ? {} : { action }) });
  if (app.run.hasRun) await app.run.reset();
}
