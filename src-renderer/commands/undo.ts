/** Takes the last change of the document back. */
import type { Command } from './define.ts';

export const undo: Command = {
  label: 'Undo',
  group: 'Edit',
  keys: ['Mod+Z'],
  enabled: ({ project }) => project.undoLabel !== null,
  run: ({ project }) => void project.undo(),
};
