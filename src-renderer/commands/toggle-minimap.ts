/** Shows or hides the small map of the canvas. */
import type { Command } from './define.ts';

export const toggleMinimap: Command = {
  label: 'Show or hide the minimap',
  group: 'View',
  menu: { part: 'view', on: ['canvas'] },
  run: ({ settings }) => settings.set({ showMinimap: !settings.showMinimap }),
};
