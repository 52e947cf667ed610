/** Plot: The learning rate as planned and as it was. */
import type { PlotDefinition } from './define.ts';
import LearningRate from './LearningRate.svelte';

export const learningRate: PlotDefinition = {
  label: 'Rate',
  summary: 'The learning rate as planned and as it was.',
  component: LearningRate,
};
