/** Plot: How strong the gradient still is in every layer. */
import type { PlotDefinition } from './define.ts';
import Gradients from './Gradients.svelte';

export const gradients: PlotDefinition = {
  label: 'Gradients',
  summary: 'How strong the gradient still is in every layer.',
  component: Gradients,
  insight: 'gradients',
};
