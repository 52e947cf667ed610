/** Shows the data panel, or folds it away. */
import type { Command } from './define.ts';

export const showData: Command = {
  label: 'Data panel',
  group: 'View',
  keys: ['Mod+2'],
  run: ({ settings }) => settings.togglePanel('data'),
};
