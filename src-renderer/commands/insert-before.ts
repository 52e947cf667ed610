/** Asks for a layer and puts it before the selected one. */
import { selectedNode } from './selected.ts';
import type { Command } from './define.ts';

export const insertBefore: Command = {
  label: 'Insert a layer before…',
  group: 'Edit',
  menu: { part: 'insert', on: ['layer'] },
  enabled: (app) => selectedNode(app) !== undefined && selectedNode(app)?.type !== 'input',
  run: (app) => {
    const node = selectedNode(app);
    if (node !== undefined) app.surfaces.insert({ kind: 'before', node: node.id });
  },
};
