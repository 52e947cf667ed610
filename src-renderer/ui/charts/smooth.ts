/** Exponential smoothing for curves, without the pull towards zero at the start. */

import type { Curve } from './downsample.ts';

/**
 * s[i] = Σ aᵈ·y[j] / Σ aᵈ over j ≤ i at the distance d = x[i] − x[j], the bias-corrected moving average of Adam (Kingma and
 * Ba, 2015): over as many epochs where only some of them are drawn as where all are.
 * Values that are not finite pass through and do not enter the average.
 * @param amount 0 (as it is) up to, not including, 1
 */
export function smooth({ x, y, length }: Curve, amount: number, into: Float64Array): Float64Array {
  let sum = 0;
  let weight = 0;
  let last = NaN;
  for (let i = 0; i < length; i++) {
    const value = y[i] as number;
    if (Number.isFinite(value)) {
      const distance = (x[i] as number) - last;
      const kept = distance === 1 ? amount : amount ** distance;
      sum = weight === 0 ? value : sum * kept + value;
      weight = weight === 0 ? 1 : weight * kept + 1;
      last = x[i] as number;
      into[i] = sum / weight;
    } else into[i] = value;
  }
  return into;
}
