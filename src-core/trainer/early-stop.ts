/** Which epoch was best so far, and whether waiting for a better one has gone on long enough. */
import { betterWay } from '../metrics/registry.ts';

/** Plain data: it travels in checkpoints. */
export interface BestSoFar {
  /** Monitored value at the best epoch; NaN before there is one. */
  readonly value: number;
  /** Epoch it was reached at, counted from 1; 0 before there is one. */
  readonly epoch: number;
  /** Epochs since without a better value. */
  readonly waited: number;
}

export const NO_BEST: BestSoFar = { value: NaN, epoch: 0, waited: 0 };

export interface Watch {
  /** Key of a history line: its name says which way is better. */
  readonly monitor: string;
  readonly minDelta: number;
}

/** One epoch later: better means value < best − min_delta, for scores value > best + min_delta; the first value counts as better. */
export function updateBest(
  best: BestSoFar,
  { monitor, minDelta }: Watch,
  now: { value: number; epoch: number },
): BestSoFar {
  const isBetter =
    best.epoch === 0 ||
    (Number.isNaN(best.value) && !Number.isNaN(now.value)) ||
    (betterWay(monitor) === 'higher' ? now.value > best.value + minDelta : now.value < best.value - minDelta);
  return isBetter ? { ...now, waited: 0 } : { ...best, waited: best.waited + 1 };
}
