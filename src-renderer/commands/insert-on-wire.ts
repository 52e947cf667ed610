/** Asks for a layer and puts it onto the selected wire. */
import { selectedEdge } from './selected.ts';
import type { Command } from './define.ts';

export const insertOnWire: Command = {
  label: 'Insert a layer on the wire…',
  group: 'Edit',
  menu: { part: 'insert', on: ['wire'] },
  enabled: (app) => selectedEdge(app) >= 0,
  run: (app) => app.surfaces.insert({ kind: 'edge', index: selectedEdge(app) }),
};
