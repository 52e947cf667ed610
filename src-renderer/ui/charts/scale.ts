/** Axes as arithmetic: tick positions, tick texts, and the line from data to pixels. */

export type Range = readonly [number, number];

/** Steps a person counts in: 1, 2, 2.5 and 5 times a power of ten. */
const STEPS = [1, 2, 2.5, 5, 10];

/** The smallest round step that gives at most `count` intervals over `span`. */
export function niceStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = STEPS.find((candidate) => candidate * power >= rough * (1 - 1e-9));
  return (step ?? 10) * power;
}

/** Round positions inside a range, ends included where they are round; an empty or broken range has none. */
export function ticks([min, max]: Range, count = 5): readonly number[] {
  if (!(max > min) || !Number.isFinite(max - min)) return [];
  const step = niceStep(max - min, count);
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => cleanZero(((first + i) * step).toPrecision(12)));
}

function cleanZero(text: string): number {
  const value = Number(text);
  return value === 0 ? 0 : value;
}

/** A function from data to pixels along one axis; a range without width maps to the middle. */
export function linearScale([min, max]: Range, [from, to]: Range): (value: number) => number {
  const span = max - min;
  if (span === 0) return () => (from + to) / 2;
  return (value) => from + ((value - min) / span) * (to - from);
}

/** A range with `share` of its width added on both sides; a range without width becomes one wide. */
export function padRange([min, max]: Range, share: number): Range {
  const span = max - min || 1;
  return [min - span * share, max + span * share];
}

/** Smallest and largest finite value of a column in row-major data; null when there is none. */
export function columnRange(values: ArrayLike<number>, columns: number, column: number): Range | null {
  let min = Infinity;
  let max = -Infinity;
  for (let i = column; i < values.length; i += columns) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? [min, max] : null;
}

const SIGNIFICANT = 4;
const LARGE = 1e6;
const SMALL = 1e-4;

/** A number for reading: four significant digits, powers of ten only where plain digits would be long. */
export function formatNumber(value: number | null | undefined, digits = SIGNIFICANT): string {
  if (value === null || value === undefined) return '–';
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text =
    size !== 0 && (size >= LARGE || size < SMALL)
      ? shortExponent(value.toExponential(digits - 1))
      : String(Number(value.toPrecision(digits)));
  return text.replace('-', '−').replace('e-', 'e−');
}

function shortExponent(text: string): string {
  const [mantissa = '', exponent = ''] = text.split('e');
  return `${Number(mantissa)}e${exponent.replace('+', '')}`;
}

/** A share as a percentage with one decimal place. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(1)} %` : '–';
}
