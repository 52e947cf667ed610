/** Plot: What the network answers over two inputs, with the data points. */
import type { PlotDefinition } from './define.ts';
import Boundary from './Boundary.svelte';

/** A plane through more inputs (the pixels of an image) says little about what the network does. */
const MOST_INPUTS = 8;

export const boundary: PlotDefinition = {
  label: 'Boundary',
  summary: 'What the network answers over two inputs, with the data points.',
  suits: ({ inputCount }) => inputCount > 0 && inputCount <= MOST_INPUTS,
  component: Boundary,
};
