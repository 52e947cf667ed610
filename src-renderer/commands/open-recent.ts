/** Offers the projects that were saved or opened last. */
import type { AppState } from '../state/app.svelte.ts';
import type { Command } from './define.ts';
import { offerBack } from './offer-back.ts';

export const openRecent: Command = {
  label: 'Open recent…',
  group: 'Project',
  enabled: ({ host }) => host.connected,
  run: ({ surfaces }) => {
    surfaces.open = 'recent';
  },
};

/** Opens one of them as it was saved. */
export async function openRecentProject(app: AppState, name: string): Promise<void> {
  const found = await app.host.services?.app.openRecent({ name });
  if (!found) return;
  const { document: before, isSaved } = app.project;
  app.project.open(found, { saved: true });
  await app.host.services?.app.markSaved({ document: found });
  await offerBack(app, before, { wasSaved: isSaved, what: name });
}
