/** Plot: What the network answers over two inputs, with the data points. */
import type { PlotDefinition } from './define.ts';
import Boundary from './Boundary.svelte';

export const boundary: PlotDefinition = {
  label: 'Boundary',
  summary: 'What the network answers over two inputs, with the data points.',
  component: Boundary,
};
