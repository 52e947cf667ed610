/** Remembers the file that the open document came from or went to, here and with the host. */
import type { AppState } from '../state/app.svelte.ts';

interface Place {
  readonly name: string;
  readonly path: string | null;
}

/** A path tells files apart; where there is none, the document's own file is known, and any other is one of its own. */
export async function markSaved({ host, project, tabs }: AppState, file: Place): Promise<void> {
  const { document } = project;
  const own = project.file?.name === file.name ? project.file.recent : undefined;
  const known = file.path ?? own;
  project.file = { ...file, recent: known ?? file.name };
  if (tabs.isWatching || host.services === null) return;
  const recent = await host.services.app.markSaved({
    document,
    file: { ...file },
    ...(known === undefined ? {} : { recent: known }),
  });
  if (project.document === document) project.file = { ...file, recent };
}
