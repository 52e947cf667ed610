/** Puts the selected layers at equal distances from top to bottom. */
import { arrangement, distributed } from './align-selection.ts';

export const distributeDown = arrangement('Distribute down', 3, (places) => distributed(places, 'y'));
