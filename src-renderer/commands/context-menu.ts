/** Opens the menu of what is selected on the canvas. */
import type { Command } from './define.ts';

export const contextMenu: Command = {
  label: 'Open the context menu',
  group: 'View',
  keys: ['Shift+F10', 'ContextMenu'],
  run: ({ surfaces }) => surfaces.openMenu(),
};
