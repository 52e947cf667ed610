/** Shows the runs panel, or folds it away. */
import type { Command } from './define.ts';

export const showRuns: Command = {
  label: 'Runs panel',
  group: 'View',
  keys: ['Mod+3'],
  run: ({ settings }) => settings.togglePanel('runs'),
};
