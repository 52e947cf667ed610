/** Takes the wires of the selected layers away. */
import { disconnect as disconnectEdges } from '../../src-core/graph/edit.ts';
import { wiresOfSelection } from './selected.ts';
import type { Command } from './define.ts';

export const disconnect: Command = {
  label: 'Disconnect',
  group: 'Edit',
  menu: { part: 'change', on: ['layer', 'selection'] },
  enabled: (app) => wiresOfSelection(app).length > 0,
  run: (app) => {
    const wires = wiresOfSelection(app);
    app.project.edit('Remove wires', (document) => disconnectEdges(document, wires));
    app.surfaces.announcement = wires.length === 1 ? 'Removed 1 wire' : `Removed ${wires.length} wires`;
  },
};
