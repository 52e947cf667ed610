/** Turns a grid of network outputs into pixels: pure arithmetic, one colour a cell, top row first. */
import { diverging, mixColors, type Rgb } from './color.ts';

/** Outputs over a square grid of two inputs. */
export interface GridValues {
  readonly resolution: number;
  readonly outputCount: number;
  /** [resolution × resolution × outputCount], rows from low y to high y. */
  readonly values: Float32Array;
}

export interface GridColors {
  /** One a class, in class order; the first two are the ends of the diverging map. */
  readonly classes: readonly Rgb[];
  readonly neutral: Rgb;
  /** For values that are not numbers. */
  readonly broken: Rgb;
}

/** How outputs are read: one output between two classes, one output a class, or one real value. */
export type GridReading =
  | { readonly kind: 'binary'; readonly low: number; readonly high: number }
  | { readonly kind: 'multiclass' }
  | { readonly kind: 'regression'; readonly low: number; readonly high: number };

export interface GridPaint {
  readonly reading: GridReading;
  readonly colors: GridColors;
  /** True: each cell in the plain colour of its class, no shading. */
  readonly discrete: boolean;
}

/** Class colours are softened towards the neutral one so that the points on top stay readable. */
const STRENGTH = 0.62;
const SHADES = 256;
const CHANNELS = 4;
const OPAQUE = 255;

/** Writes RGBA into `pixels` [resolution × resolution × 4]; the grid's rows rise with y, pixels fall. */
export function paintGrid(grid: GridValues, paint: GridPaint, pixels: Uint8ClampedArray): void {
  const { resolution } = grid;
  const colorAt = cellColor(grid, paint);
  for (let row = 0; row < resolution; row++) {
    const target = (resolution - 1 - row) * resolution;
    for (let column = 0; column < resolution; column++) {
      const color = colorAt(row * resolution + column);
      const offset = (target + column) * CHANNELS;
      pixels[offset] = color[0];
      pixels[offset + 1] = color[1];
      pixels[offset + 2] = color[2];
      pixels[offset + 3] = OPAQUE;
    }
  }
}

function cellColor(grid: GridValues, paint: GridPaint): (cell: number) => Rgb {
  const { values, outputCount } = grid;
  const { reading, colors } = paint;
  if (reading.kind === 'multiclass') {
    const soft = softClasses(colors);
    return (cell) => multiclassColor(values, cell * outputCount, outputCount, soft, paint);
  }
  const table = shadeTable(paint);
  const { low, high } = reading;
  return (cell) => {
    const share = ((values[cell * outputCount] as number) - low) / (high - low);
    if (Number.isNaN(share)) return colors.broken;
    const shade = Math.min(SHADES - 1, Math.max(0, Math.floor(share * SHADES)));
    return table[shade] ?? colors.broken;
  };
}

const softClasses = (colors: GridColors): readonly Rgb[] =>
  colors.classes.map((color) => mixColors(colors.neutral, color, STRENGTH));

/** The diverging map in 256 steps; discrete readings know the two ends alone (regression: seven bands). */
export function shadeTable({ reading, colors, discrete }: GridPaint): readonly Rgb[] {
  const [low = colors.neutral, high = colors.neutral] = softClasses(colors);
  const BANDS = 7;
  return Array.from({ length: SHADES }, (_, i) => {
    const share = i / (SHADES - 1);
    if (!discrete) return diverging(low, colors.neutral, high, share);
    if (reading.kind === 'binary') return i < SHADES / 2 ? low : high;
    return diverging(low, colors.neutral, high, Math.min(BANDS - 1, Math.floor(share * BANDS)) / (BANDS - 1));
  });
}

/** The class with the largest output, paler the less sure: confidence is its lead over an even guess. */
function multiclassColor(
  values: Float32Array,
  offset: number,
  count: number,
  soft: readonly Rgb[],
  { colors, discrete }: GridPaint,
): Rgb {
  let best = 0;
  for (let i = 1; i < count; i++) {
    if ((values[offset + i] as number) > (values[offset + best] as number)) best = i;
  }
  const value = values[offset + best] as number;
  const color = soft[best % soft.length] ?? colors.neutral;
  if (Number.isNaN(value)) return colors.broken;
  if (discrete) return color;
  const even = 1 / count;
  return mixColors(colors.neutral, color, (value - even) / (1 - even));
}
