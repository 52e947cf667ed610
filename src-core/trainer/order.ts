/** In which order an epoch takes the training rows. */
import { Random, streamKey } from '../lib/random.ts';

/**
 * Row numbers of one epoch: a permutation that depends on seed and epoch alone, so that a resumed run goes on with the
 * very order the interrupted one had; without shuffling, file order.
 * @param epoch counted from 0
 */
export function epochOrder(options: {
  seed: number;
  epoch: number;
  rows: number;
  shuffle: boolean;
}): Uint32Array<ArrayBuffer> {
  const { seed, epoch, rows, shuffle } = options;
  if (!shuffle) return Uint32Array.from({ length: rows }, (_, row) => row);
  return new Random(streamKey(seed, 'shuffle', epoch)).permutation(rows);
}
