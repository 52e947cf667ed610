/** Puts the selected layers at equal distances from left to right. */
import { arrangement, distributed } from './align-selection.ts';

export const distributeAcross = arrangement('Distribute across', 3, (places) => distributed(places, 'x'));
