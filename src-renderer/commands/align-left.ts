/** Puts the selected layers in line with the leftmost. */
import { aligned, arrangement } from './align-selection.ts';

export const alignLeft = arrangement('Align left', 2, (places) => aligned(places, 'x', Math.min));
