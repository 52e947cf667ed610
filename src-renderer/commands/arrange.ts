/** Lays the graph out anew: inputs left, output right. */
import { moveNodes } from '../../src-core/graph/edit.ts';
import { layeredLayout } from '../state/layout.ts';
import type { Command } from './define.ts';

export const arrange: Command = {
  label: 'Arrange layers',
  group: 'Edit',
  keys: ['Mod+Shift+L'],
  run: ({ project, surfaces }) => {
    project.edit('Arrange layers', (document) => moveNodes(document, layeredLayout(document.graph)));
    surfaces.canvas?.fit();
  },
};
