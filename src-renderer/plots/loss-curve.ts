/** Plot: Training and validation loss over the epochs. */
import type { PlotDefinition } from './define.ts';
import LossCurve from './LossCurve.svelte';

export const lossCurve: PlotDefinition = {
  label: 'Loss',
  summary: 'Training and validation loss over the epochs.',
  component: LossCurve,
};
