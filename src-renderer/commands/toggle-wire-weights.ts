/** Lets wires show how strong the weights behind them are. */
import type { Command } from './define.ts';
import { toggleWireMeasure } from './wire-measure.ts';

export const toggleWireWeights: Command = {
  label: 'Show or hide weights on wires',
  group: 'View',
  menu: { part: 'view', on: ['wire'] },
  run: (app) => toggleWireMeasure(app, 'weights'),
};
