/** Begins a wire at the selected layer; the next layer that is chosen ends it. */
import { selectedNode } from './selected.ts';
import type { Command } from './define.ts';

export const drawWire: Command = {
  label: 'Draw a wire from here',
  group: 'Edit',
  menu: { part: 'change', on: ['layer'] },
  enabled: (app) => selectedNode(app) !== undefined && selectedNode(app)?.type !== 'output',
  run: ({ selection, surfaces }) => {
    const from = selection.node;
    if (from === null) return;
    surfaces.connectingFrom = from;
    surfaces.announcement = `Wire from ${from}: move to another layer with Tab and press Enter, or Escape`;
    surfaces.canvas?.focusNode(from);
  },
};
