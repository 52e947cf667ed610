/** How a wire shows the strength of the weights behind it, or of their gradients: by its width and its colour together. */
import type { WireMeasure } from '../../state/settings.svelte.ts';

const THINNEST = 1.5;
const WIDEST = 8;

const COLORS: Readonly<Record<WireMeasure, string>> = { weights: 'var(--class-0)', gradients: 'var(--class-1)' };

/** @param share of the strongest wire, 0 … 1 */
export function wireStyle(share: number, measure: WireMeasure): string {
  const width = THINNEST + (WIDEST - THINNEST) * share;
  const strength = Math.round(share * 100);
  return `stroke-width: ${width.toFixed(1)}; stroke: color-mix(in srgb, ${COLORS[measure]} ${strength}%, var(--border-strong))`;
}
