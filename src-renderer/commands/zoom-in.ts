/** Comes closer to the canvas. */
import type { Command } from './define.ts';

export const zoomIn: Command = {
  label: 'Zoom in',
  group: 'View',
  keys: ['Mod+='],
  run: ({ surfaces }) => surfaces.canvas?.zoomIn(),
};
