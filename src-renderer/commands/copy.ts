/** Copies the selected layers and the wires among them. */
import { copyNodes } from '../../src-core/graph/clipboard.ts';
import { withPositions } from '../state/layout.ts';
import type { Command } from './define.ts';

export const copy: Command = {
  label: 'Copy',
  group: 'Edit',
  whileWatching: true,
  keys: ['Mod+C'],
  isNative: true,
  menu: { part: 'clipboard', on: ['layer', 'selection'] },
  enabled: ({ selection }) => selection.nodes.size > 0,
  run: (app) => {
    app.clipboard = copyNodes(withPositions(app.project.document), [...app.selection.nodes]);
  },
};
