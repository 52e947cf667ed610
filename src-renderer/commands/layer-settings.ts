/** Goes to the settings of the selected layer, its name first. */
import type { Command } from './define.ts';

export const layerSettings: Command = {
  label: 'Layer settings',
  group: 'Edit',
  menu: { part: 'settings', on: ['layer'] },
  whileWatching: true,
  enabled: ({ selection }) => selection.node !== null,
  run: ({ surfaces }) => {
    surfaces.inspectorTab = 'layer';
    surfaces.focusInspector();
  },
};
