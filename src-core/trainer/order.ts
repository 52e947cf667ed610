/** In which order an epoch takes the training rows. */
import { Random, streamKey } from '../lib/random.ts';
import type { Turns } from '../lib/turns.ts';

/** Rows put in order between two turns. */
const TURN_ROWS = 2 ** 15;

/**
 * Row numbers of one epoch: a permutation that depends on seed and epoch alone, so that a resumed run goes on with the
 * very order the interrupted one had; without shuffling, file order.
 * @param epoch counted from 0
 */
export function* epochOrder(options: {
  seed: number;
  epoch: number;
  rows: number;
  shuffle: boolean;
}): Turns<Uint32Array<ArrayBuffer>> {
  const { seed, epoch, rows, shuffle } = options;
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  if (!shuffle) return order;
  // Fisher and Yates, as Random.permutation has it.
  const random = new Random(streamKey(seed, 'shuffle', epoch));
  for (let last = rows - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    const kept = order[last] as number;
    order[last] = order[other] as number;
    order[other] = kept;
    if (last % TURN_ROWS === 0) yield;
  }
  return order;
}
