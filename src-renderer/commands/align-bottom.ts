/** Puts the selected layers in line with the lowest. */
import { aligned, arrangement } from './align-selection.ts';

export const alignBottom = arrangement('Align bottom', 2, (places) => aligned(places, 'y', Math.max));
