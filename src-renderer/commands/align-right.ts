/** Puts the selected layers in line with the rightmost. */
import { aligned, arrangement } from './align-selection.ts';

export const alignRight = arrangement('Align right', 2, (places) => aligned(places, 'x', Math.max));
