/** Adds what was copied, beside the original or where the menu was opened, and selects it. */
import { addFragment } from './add-fragment.ts';
import type { Command } from './define.ts';

export const paste: Command = {
  label: 'Paste',
  group: 'Edit',
  keys: ['Mod+V'],
  isNative: true,
  menu: { part: 'clipboard', on: ['canvas'] },
  enabled: ({ clipboard }) => clipboard !== null,
  run: (app) => {
    if (app.clipboard !== null) addFragment(app, app.clipboard, 'Paste', app.surfaces.menuPoint);
  },
};
