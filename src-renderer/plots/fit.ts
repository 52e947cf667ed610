/** Plot: Predictions against the truth, for numbers as targets. */
import type { PlotDefinition } from './define.ts';
import Fit from './Fit.svelte';

export const fit: PlotDefinition = {
  label: 'Fit',
  summary: 'Predictions against the truth, for numbers as targets.',
  suits: ({ task }) => task === 'regression',
  component: Fit,
  insight: 'fit',
};
