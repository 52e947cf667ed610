/** How a wire shows the strength of the weights behind it: by its width and its colour together. */

const THINNEST = 1.5;
const WIDEST = 8;

/** @param share of the strongest wire, 0 … 1 */
export function wireStyle(share: number): string {
  const width = THINNEST + (WIDEST - THINNEST) * share;
  const strength = Math.round(share * 100);
  return `stroke-width: ${width.toFixed(1)}; stroke: color-mix(in srgb, var(--class-0) ${strength}%, var(--border-strong))`;
}
