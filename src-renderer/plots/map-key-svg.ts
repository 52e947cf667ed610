/** What marks and shades of a map mean, as part of an SVG file: classes by shape and colour, the part of the data, the scale of the shading. */
import { formatColor, type Rgb } from '../ui/charts/color.ts';
import { markerOf } from '../ui/charts/marker.ts';
import { formatNumber } from '../ui/charts/scale.ts';
import { escapeXml, type SvgLook } from '../ui/charts/svg.ts';

/** The shading from its low end over its middle to its high end. */
export interface ShadeScale {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  readonly colors: readonly [Rgb, Rgb, Rgb];
}

export interface MapKey {
  readonly classes: readonly { readonly label: string; readonly color: Rgb }[];
  /** Filled marks are training rows, rings validation rows. */
  readonly hasHeldOut: boolean;
  readonly scale: ShadeScale | null;
}

/** Room that the key takes at the right of a picture. */
export const KEY_WIDTH = 150;
const LINE = 22;
const MARK = 5;
const RAMP = { width: 100, height: 10 };
const MOST_LETTERS = 18;

/** One line an entry, downwards from the point. */
export function mapKeySvg(
  { classes, hasHeldOut, scale }: MapKey,
  { left, top }: { readonly left: number; readonly top: number },
  look: SvgLook,
): string {
  const text = formatColor(look.text);
  const parts = hasHeldOut ? (['training', 'validation'] as const) : [];
  const entries = [
    ...classes.map(({ label, color }, i) => ({ label, path: markerOf(i).path, paint: `fill="${formatColor(color)}"` })),
    ...parts.map((label) => ({
      label,
      path: markerOf(0).path,
      paint: label === 'training' ? `fill="${text}"` : `fill="none" stroke="${text}" stroke-width="0.5"`,
    })),
  ];
  const lines = entries.map(({ label, path, paint }, i) => {
    const y = top + (i + 0.5) * LINE;
    return (
      `<path d="${path}" transform="translate(${left + MARK} ${y}) scale(${MARK})" ${paint}/>` +
      `<text x="${left + MARK + 12}" y="${y + 4}" fill="${text}">${escapeXml(shortened(label))}</text>`
    );
  });
  return lines.join('') + (scale === null ? '' : scaleSvg(scale, { left, top: top + entries.length * LINE + 8 }, text));
}

function scaleSvg(
  { label, low, high, colors }: ShadeScale,
  { left, top }: { readonly left: number; readonly top: number },
  text: string,
): string {
  const stops = colors.map((color, i) => `<stop offset="${i * 50}%" stop-color="${formatColor(color)}"/>`).join('');
  return (
    `<linearGradient id="shades">${stops}</linearGradient>` +
    `<text x="${left}" y="${top + 10}" fill="${text}">${escapeXml(shortened(label))}</text>` +
    `<rect x="${left}" y="${top + 16}" width="${RAMP.width}" height="${RAMP.height}" fill="url(#shades)"/>` +
    `<text x="${left}" y="${top + 42}" fill="${text}">${formatNumber(low, 3)}</text>` +
    `<text x="${left + RAMP.width}" y="${top + 42}" text-anchor="end" fill="${text}">${formatNumber(high, 3)}</text>`
  );
}

const shortened = (label: string): string =>
  label.length > MOST_LETTERS ? `${label.slice(0, MOST_LETTERS - 1)}…` : label;
