/** Offers the projects that were saved or opened last. */
import type { RecentProject } from '../../src-core/contract/app.ts';
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
export async function openRecentProject(app: AppState, { recent, name, file }: RecentProject): Promise<void> {
  const found = await app.host.services?.app.openRecent({ recent });
  if (!found) return;
  const before = app.project.snapshot;
  app.project.open(found, { saved: true, file: file === null ? null : { name: file, path: null, recent } });
  await app.host.services?.app.markSaved({ document: found, recent });
  await offerBack(app, before, name);
}
