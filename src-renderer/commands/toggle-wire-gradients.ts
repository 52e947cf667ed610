/** Lets wires show how strong the gradients of the weights behind them are. */
import type { Command } from './define.ts';
import { toggleWireMeasure } from './wire-measure.ts';

export const toggleWireGradients: Command = {
  label: 'Show or hide gradients on wires',
  group: 'View',
  menu: { part: 'view', on: ['wire'] },
  run: (app) => toggleWireMeasure(app, 'gradients'),
};
