/** Plot: How the outputs of every layer are spread, and its dead units. */
import type { PlotDefinition } from './define.ts';
import Activations from './Activations.svelte';

export const activations: PlotDefinition = {
  label: 'Activations',
  summary: 'How the outputs of every layer are spread, and its dead units.',
  component: Activations,
  insight: 'activations',
};
