/** Plot: How often each true class was taken for which. */
import type { PlotDefinition } from './define.ts';
import Confusion from './Confusion.svelte';

export const confusion: PlotDefinition = {
  label: 'Confusion',
  summary: 'How often each true class was taken for which.',
  suits: ({ task }) => task !== 'regression',
  component: Confusion,
};
