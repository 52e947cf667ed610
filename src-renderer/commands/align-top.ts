/** Puts the selected layers in line with the topmost. */
import { aligned, arrangement } from './align-selection.ts';

export const alignTop = arrangement('Align top', 2, (places) => aligned(places, 'y', Math.min));
