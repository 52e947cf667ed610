/** The sheet of all keys. */
import type { Command } from './define.ts';

export const shortcuts: Command = {
  label: 'Keyboard shortcuts',
  group: 'Help',
  keys: ['?'],
  run: ({ surfaces }) => {
    surfaces.open = 'shortcuts';
  },
};
