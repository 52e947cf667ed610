/** Saves the document under another name: Electron's dialog asks for it, in the browser one of ours. */
import type { Command } from './define.ts';
import { fileNameOf, saveToFile } from './save-to-file.ts';

export const saveProjectAs: Command = {
  label: 'Save project as…',
  group: 'Project',
  whileWatching: true,
  keys: ['Mod+Shift+S'],
  inText: true,
  run: async (app) => {
    if (app.host.info?.kind === 'electron') await saveToFile(app, { name: fileNameOf(app), to: null });
    else app.surfaces.open = 'save_as';
  },
};
