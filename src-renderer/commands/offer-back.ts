/** After another document was opened: ends the old run, and offers the unsaved document back. */
import type { ProjectFile } from '../../src-core/contract/app.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import type { AppState } from '../state/app.svelte.ts';

/** What was open. */
export interface Before {
  readonly document: ProjectDocument;
  readonly isSaved: boolean;
  readonly file: ProjectFile | null;
}

/** @param what what was opened in its place */
export async function offerBack(app: AppState, { document, isSaved, file }: Before, what: string): Promise<void> {
  app.selection.clear();
  const action = {
    label: 'Go back',
    run: () => app.project.open(document, { saved: false, file }),
  };
  app.notices.say('info', `Opened ${what}`, { topic: 'opened', ...(isSaved ? {} : { action }) });
  if (app.run.hasRun) await app.run.reset();
}
