/** Saves the document as a project file: where it is already, else where the person says. */
import type { Command } from './define.ts';
import { fileNameOf, saveToFile } from './save-to-file.ts';

export const saveProject: Command = {
  label: 'Save project',
  group: 'Project',
  whileWatching: true,
  keys: ['Mod+S'],
  inText: true,
  run: (app) => saveToFile(app, { name: fileNameOf(app), to: app.project.file?.path ?? null }),
};
