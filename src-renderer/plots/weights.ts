/** Plot: How the weights of every tensor are spread. */
import type { PlotDefinition } from './define.ts';
import Weights from './Weights.svelte';

export const weights: PlotDefinition = {
  label: 'Weights',
  summary: 'How the weights of every tensor are spread.',
  component: Weights,
  insight: 'weights',
};
