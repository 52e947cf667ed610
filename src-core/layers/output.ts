/** What the network answers. */
import type { LayerDefinition } from './define.ts';
import { theInput } from './inputs.ts';

/** Marks the value that loss, predictions and exports are about. Shape: as its input. */
export const output: LayerDefinition = {
  label: 'Output',
  group: 'core',
  icon: 'log-out',
  summary: 'What the network answers; the loss compares it with the targets.',
  formula: 'y = x',
  fields: {},
  inputs: 'one',
  brief: () => '',
  record: (_builder, inputs) => theInput(inputs),
};
