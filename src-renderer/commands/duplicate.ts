/** Copies the selected layers in one go; the clipboard keeps what it had. */
import { copyNodes, paste as pasteInto } from '../../src-core/graph/clipboard.ts';
import { withPositions } from '../state/layout.ts';
import type { Command } from './define.ts';

const OFFSET = { x: 40, y: 100 };

export const duplicate: Command = {
  label: 'Duplicate',
  group: 'Edit',
  keys: ['Mod+D'],
  enabled: ({ selection }) => selection.nodes.size > 0,
  run: ({ project, selection }) => {
    const placed = withPositions(project.document);
    const { document, ids } = pasteInto(placed, copyNodes(placed, [...selection.nodes]), OFFSET);
    if (ids.length === 0) return;
    project.edit('Duplicate', () => document);
    selection.select(ids);
  },
};
