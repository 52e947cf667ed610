/** Asks for a layer and puts it on the canvas where the menu was opened, else in the middle of the view. */
import type { Command } from './define.ts';

export const addLayer: Command = {
  label: 'Add a layer…',
  group: 'Edit',
  menu: { part: 'insert', on: ['canvas'] },
  run: ({ surfaces }) => {
    surfaces.insert({ kind: 'canvas', at: surfaces.menuPoint ?? surfaces.canvas?.centre() ?? { x: 0, y: 0 } });
  },
};
