/** Exponential smoothing for curves, without the pull towards zero at the start. */

/**
 * s[i] = Σ aᵏ·y[i−k] / Σ aᵏ over k = 0 … i, the bias-corrected moving average of Adam (Kingma and Ba, 2015).
 * Values that are not finite pass through and do not enter the average.
 * @param amount 0 (as it is) up to, not including, 1
 */
export function smooth(y: ArrayLike<number>, length: number, amount: number, into: Float64Array): Float64Array {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < length; i++) {
    const value = y[i] as number;
    if (Number.isFinite(value)) {
      sum = sum * amount + value;
      weight = weight * amount + 1;
      into[i] = sum / weight;
    } else into[i] = value;
  }
  return into;
}
