/** Plot: The curves of several runs over one another, and what differs between them. */
import type { PlotDefinition } from './define.ts';
import Compare from './Compare.svelte';

export const compare: PlotDefinition = {
  label: 'Compare',
  summary: 'The curves of several runs, and the settings that differ.',
  component: Compare,
};
