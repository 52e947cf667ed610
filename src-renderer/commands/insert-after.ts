/** Asks for a layer and puts it after the selected one. */
import { selectedNode } from './selected.ts';
import type { Command } from './define.ts';

export const insertAfter: Command = {
  label: 'Insert a layer after…',
  group: 'Edit',
  menu: { part: 'insert', on: ['layer'] },
  enabled: (app) => selectedNode(app) !== undefined && selectedNode(app)?.type !== 'output',
  run: (app) => {
    const node = selectedNode(app);
    if (node !== undefined) app.surfaces.insert({ kind: 'after', node: node.id });
  },
};
