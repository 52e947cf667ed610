/** Selects every layer. */
import type { Command } from './define.ts';

export const selectAll: Command = {
  label: 'Select all',
  group: 'Edit',
  whileWatching: true,
  keys: ['Mod+A'],
  menu: { part: 'clipboard', on: ['canvas'] },
  run: ({ project, selection }) => selection.select(project.nodesById.keys()),
};
