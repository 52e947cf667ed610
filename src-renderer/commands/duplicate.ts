/** Copies the selected layers in one go; the clipboard keeps what it had. */
import { copyNodes, isSingle } from '../../src-core/graph/clipboard.ts';
import { withPositions } from '../state/layout.ts';
import { addFragment } from './add-fragment.ts';
import type { Command } from './define.ts';

export const duplicate: Command = {
  label: 'Duplicate',
  group: 'Edit',
  keys: ['Mod+D'],
  menu: { part: 'clipboard', on: ['layer', 'selection'] },
  enabled: ({ project, selection }) =>
    project.document.graph.nodes.some((node) => selection.nodes.has(node.id) && !isSingle(node)),
  run: (app) => addFragment(app, copyNodes(withPositions(app.project.document), [...app.selection.nodes]), 'Duplicate'),
};
