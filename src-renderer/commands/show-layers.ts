/** Shows the layers panel, or folds it away. */
import type { Command } from './define.ts';

export const showLayers: Command = {
  label: 'Layers panel',
  group: 'View',
  keys: ['Mod+1'],
  run: ({ settings }) => settings.togglePanel('layers'),
};
