/** Follows the system's own theme again. */
import type { Command } from './define.ts';

export const systemTheme: Command = {
  label: 'Use the system’s theme',
  group: 'View',
  enabled: ({ settings }) => settings.themeChoice !== 'system',
  run: ({ settings }) => settings.set({ themeChoice: 'system' }),
};
