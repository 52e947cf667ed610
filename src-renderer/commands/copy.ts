/** Copies the selected layers and the wires among them, for this window and, as text, for others. */
import { copyNodes } from '../../src-core/graph/clipboard.ts';
import { fragmentText } from '../state/fragment-text.ts';
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
    // Where the system keeps its clipboard to itself, the copy is good in this window only.
    navigator.clipboard?.writeText(fragmentText(app.clipboard)).catch(() => {});
  },
};
