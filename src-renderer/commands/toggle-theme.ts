/** Light or dark. */
import type { Command } from './define.ts';

export const toggleTheme: Command = {
  label: 'Switch between light and dark theme',
  group: 'View',
  keys: ['Mod+Shift+D'],
  run: ({ settings }) => settings.toggleTheme(),
};
