/** Everything a person can do, in one list to type into. */
import type { Command } from './define.ts';

export const commandPalette: Command = {
  label: 'Command palette',
  group: 'Help',
  keys: ['Mod+K', 'Mod+Shift+P'],
  inText: true,
  run: ({ surfaces }) => {
    surfaces.open = surfaces.open === 'palette' ? null : 'palette';
  },
};
