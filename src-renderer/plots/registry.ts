/** The plots by id, in the order of the tabs. */
import * as all from './all.ts';
import type { PlotDefinition } from './define.ts';

const ORDER = [
  'lossCurve',
  'boundary',
  'metrics',
  'confusion',
  'predict',
  'gradients',
  'weights',
  'activations',
  'fit',
  'learningRate',
  'compare',
] as const satisfies readonly (keyof typeof all)[];

export type PlotId = (typeof ORDER)[number];
export const plots: Readonly<Record<PlotId, PlotDefinition>> = all;
export const plotIds: readonly PlotId[] = ORDER;
