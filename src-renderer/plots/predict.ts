/** Plot: The answer of the trained network to a row of one's own. */
import type { PlotDefinition } from './define.ts';
import Predict from './Predict.svelte';

export const predict: PlotDefinition = {
  label: 'Predict',
  summary: 'The answer of the trained network to a row of one’s own.',
  hasPicture: false,
  component: Predict,
};
