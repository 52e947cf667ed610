/** Asks for a layer of another type in the place of the selected one. */
import { typesInPlaceOf } from '../state/change-type.ts';
import { selectedNode } from './selected.ts';
import type { Command } from './define.ts';

export const replaceLayer: Command = {
  label: 'Replace with another layer…',
  group: 'Edit',
  menu: { part: 'change', on: ['layer'] },
  enabled: (app) => typesInPlaceOf(selectedNode(app)?.type ?? '').length > 1,
  run: ({ surfaces }) => {
    surfaces.open = 'replace';
  },
};
