/** Finds a layer of the canvas. */
import type { Command } from './define.ts';

export const findLayer: Command = {
  label: 'Find a layer',
  group: 'View',
  keys: ['Mod+F'],
  inText: true,
  menu: { part: 'view', on: ['canvas'] },
  run: ({ surfaces }) => {
    surfaces.open = 'find';
  },
};
