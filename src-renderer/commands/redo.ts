/** Brings the last undone change back. */
import type { Command } from './define.ts';

export const redo: Command = {
  label: 'Redo',
  group: 'Edit',
  keys: ['Mod+Shift+Z', 'Mod+Y'],
  enabled: ({ project }) => project.redoLabel !== null,
  run: ({ project }) => void project.redo(),
};
