/** Saves the document as a project file. */
import { keepFile } from './keep-file.ts';
import type { Command } from './define.ts';

export const saveProject: Command = {
  label: 'Save project',
  group: 'Project',
  whileWatching: true,
  keys: ['Mod+S'],
  inText: true,
  run: async (app) => {
    const { project } = app;
    const { document } = project;
    const bytes = new TextEncoder().encode(project.text());
    const name = await keepFile(app, `${fileStem(document.name)}.netloom.json`, bytes);
    if (name === null) return;
    project.markSaved(document);
    app.notices.say('success', `Saved ${name}`);
  },
};

/** The project's name as a file name that every system takes. */
function fileStem(name: string): string {
  const stem = name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  return stem.replace(/^-+|-+$/g, '') || 'project';
}
