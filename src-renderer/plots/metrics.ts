/** Plot: Scores over the epochs, with their last and best values. */
import type { PlotDefinition } from './define.ts';
import Metrics from './Metrics.svelte';

export const metrics: PlotDefinition = {
  label: 'Metrics',
  summary: 'Scores over the epochs, with their last and best values.',
  component: Metrics,
};
