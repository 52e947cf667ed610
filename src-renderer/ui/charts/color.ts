/** Colours as numbers: parsing, mixing, and the two colour maps that plots use. */

/** Red, green, blue, each 0 … 255. */
export type Rgb = readonly [number, number, number];

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;
const CHANNEL_MAX = 255;

/** Reads `#rrggbb`, the only form in which theme tokens write data colours. */
export function parseColor(text: string): Rgb {
  const match = HEX.exec(text.trim());
  if (!match) throw new Error(`expected a colour as #rrggbb, got ${JSON.stringify(text)}`);
  const [, red = '0', green = '0', blue = '0'] = match;
  return [parseInt(red, 16), parseInt(green, 16), parseInt(blue, 16)];
}

/** `#rrggbb` of a colour, channels rounded. */
export function formatColor(color: Rgb): string {
  return `#${color.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

/** Straight line between two colours; `share` 0 gives `from`, 1 gives `to`, values outside are clamped. */
export function mixColors(from: Rgb, to: Rgb, share: number): Rgb {
  const t = Math.min(1, Math.max(0, share));
  return [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t, from[2] + (to[2] - from[2]) * t];
}

/** Relative luminance, 0 … 1 (WCAG 2.2). */
export function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((channel) => {
    const c = channel / CHANNEL_MAX;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number]; // map keeps the length of the triple
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours, 1 … 21 (WCAG 2.2). */
export function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** The one of black and white that reads better on a background. */
export function textColorOn(background: Rgb): '#000000' | '#ffffff' {
  return contrast(background, [0, 0, 0]) >= contrast(background, [255, 255, 255]) ? '#000000' : '#ffffff';
}

/** Eleven evenly spaced colours of viridis (van der Walt and Smith, 2015, public domain). */
const VIRIDIS = [
  '#440154', '#482475', '#414487', '#355f8d', '#2a788e', '#21918c', '#22a884', '#44bf70', '#7ad151', '#bddf26', '#fde725',
].map(parseColor); // prettier-ignore

/** The sequential map: `share` 0 … 1, clamped. */
export function viridis(share: number): Rgb {
  const position = Math.min(1, Math.max(0, share)) * (VIRIDIS.length - 1);
  const index = Math.min(VIRIDIS.length - 2, Math.floor(position));
  const from = VIRIDIS[index];
  const to = VIRIDIS[index + 1];
  return from && to ? mixColors(from, to, position - index) : [0, 0, 0];
}

/** The diverging map through a neutral colour: `share` 0 gives `low`, ½ `neutral`, 1 `high`. */
export function diverging(low: Rgb, neutral: Rgb, high: Rgb, share: number): Rgb {
  return share < 0.5 ? mixColors(low, neutral, share * 2) : mixColors(neutral, high, share * 2 - 1);
}
