/** Gives the project another name. */
import type { Command } from './define.ts';

export const renameProject: Command = {
  label: 'Rename project…',
  group: 'Project',
  keys: ['F2'],
  run: ({ surfaces }) => {
    surfaces.open = 'rename';
  },
};
