/** Steps back from the canvas. */
import type { Command } from './define.ts';

export const zoomOut: Command = {
  label: 'Zoom out',
  group: 'View',
  keys: ['Mod+-'],
  run: ({ surfaces }) => surfaces.canvas?.zoomOut(),
};
