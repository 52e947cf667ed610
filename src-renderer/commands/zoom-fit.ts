/** Shows the whole graph. */
import type { Command } from './define.ts';

export const zoomFit: Command = {
  label: 'Zoom to fit',
  group: 'View',
  keys: ['Mod+0'],
  menu: { part: 'view', on: ['canvas'] },
  run: ({ surfaces }) => surfaces.canvas?.fit(),
};
