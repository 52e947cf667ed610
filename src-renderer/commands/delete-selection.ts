/** Removes what is selected; a node with one wire in and one out leaves them joined. */
import { disconnect, removeNodes } from '../../src-core/graph/edit.ts';
import type { Command } from './define.ts';

export const deleteSelection: Command = {
  label: 'Delete',
  group: 'Edit',
  keys: ['Delete', 'Backspace'],
  menu: { part: 'remove', on: ['layer', 'selection', 'wire'] },
  enabled: ({ selection }) => !selection.isEmpty,
  run: ({ project, selection, surfaces }) => {
    const nodes = [...selection.nodes];
    const edges = project.edgeKeys.flatMap((key, index) => (selection.edges.has(key) ? [index] : []));
    project.edit('Delete', (document) => removeNodes(disconnect(document, edges), nodes));
    surfaces.announcement = `Deleted ${[...nodes, ...selection.edges].join(', ')}`;
    selection.clear();
  },
};
