/** Looks at what is selected. */
import type { Command } from './define.ts';

export const zoomSelection: Command = {
  label: 'Zoom to selection',
  group: 'View',
  keys: ['Mod+Alt+0'],
  menu: { part: 'view', on: ['layer', 'selection'] },
  enabled: ({ selection }) => selection.nodes.size > 0,
  run: ({ surfaces, selection }) => surfaces.canvas?.fitNodes([...selection.nodes]),
};
