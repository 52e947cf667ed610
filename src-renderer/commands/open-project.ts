/** Opens a project file; a file that is none is refused with the reason, and the open document stays. */
import type { AppState } from '../state/app.svelte.ts';
import type { Command } from './define.ts';
import { offerBack } from './offer-back.ts';

export const openProject: Command = {
  label: 'Open project…',
  group: 'Project',
  keys: ['Mod+O'],
  inText: true,
  run: (app) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      if (file !== undefined) void openFile(app, file);
    });
    input.click();
  },
};

/** Opens a chosen or dropped file. Rejects with an AppError that says what is wrong with it. */
export async function openFile(app: AppState, file: File): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const before = app.project.document;
  const wasSaved = app.project.isSaved;
  app.project.openFile(bytes);
  app.project.file = { name: file.name, path: null };
  await app.host.services?.app.markSaved({ document: app.project.document });
  await offerBack(app, before, { wasSaved, what: file.name });
}
