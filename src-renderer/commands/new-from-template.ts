/** Chooses a ready project to start from. */
import type { Command } from './define.ts';

export const newFromTemplate: Command = {
  label: 'New from template…',
  group: 'Project',
  keys: ['Mod+Alt+N'],
  run: ({ surfaces }) => {
    surfaces.open = 'templates';
  },
};
