/** Shows the lessons, or folds them away. */
import type { Command } from './define.ts';

export const showLessons: Command = {
  label: 'Lessons panel',
  group: 'View',
  keys: ['Mod+4'],
  run: ({ settings }) => settings.togglePanel('lessons'),
};
