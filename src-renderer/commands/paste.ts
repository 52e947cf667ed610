/** Adds what was copied, beside the original, and selects it. */
import { paste as pasteInto } from '../../src-core/graph/clipboard.ts';
import { withPositions } from '../state/layout.ts';
import type { Command } from './define.ts';

const OFFSET = { x: 40, y: 100 };

export const paste: Command = {
  label: 'Paste',
  group: 'Edit',
  keys: ['Mod+V'],
  isNative: true,
  enabled: ({ clipboard }) => clipboard !== null,
  run: ({ clipboard, project, selection }) => {
    if (clipboard === null) return;
    const { document, ids } = pasteInto(withPositions(project.document), clipboard, OFFSET);
    if (ids.length === 0) return;
    project.edit('Paste', () => document);
    selection.select(ids);
  },
};
