/** Writes the open document to a file of the person's. */
import type { AppState } from '../state/app.svelte.ts';
import { putFile } from './keep-file.ts';
import { markSaved } from './mark-saved.ts';

export interface SaveChoice {
  /** Proposed to the dialog, or the name of the download. */
  readonly name: string;
  /** Written again without asking; null asks. */
  readonly to: string | null;
}

export async function saveToFile(app: AppState, { name, to }: SaveChoice): Promise<void> {
  const { project } = app;
  const { document } = project;
  const kept = await putFile(app, { name, bytes: new TextEncoder().encode(project.text()), to });
  if (kept === null) return;
  project.markSaved(document);
  app.notices.say('success', `Saved ${kept.name}`);
  await markSaved(app, { name: kept.name.split(/[/\\]/).at(-1) ?? kept.name, path: kept.path });
}

/** What the document's file is called, or would be. */
export function fileNameOf({ project }: AppState): string {
  return project.file?.name ?? `${fileStem(project.document.name)}.netloom.json`;
}

/** The project's name as a file name that every system takes. */
function fileStem(name: string): string {
  const stem = name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  return stem.replace(/^-+|-+$/g, '') || 'project';
}
