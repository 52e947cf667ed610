/** Numbers as the lessons write them, with a minus sign of the width of a plus. */
const PLACES = 6;
const SMALL = 1e-3;
const LARGE = 1e6;

/** At most six significant digits and six decimal places, as tables print them: what the check compares. */
export function preciseNumber(value: number): string {
  const isFine = Math.abs(value) >= SMALL && Math.abs(value) < 1;
  return written(isFine ? Number(value.toFixed(PLACES)) : value, PLACES);
}

/** At most four significant digits: what stands on a wire. */
export function wireNumber(value: number): string {
  return written(value, 4);
}

/** Two decimal places, as on a slide. */
export function slideNumber(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2).replace('-', '−') : String(value);
}

function written(value: number, digits: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'none' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const isLong = size !== 0 && (size < SMALL || size >= LARGE);
  const text = isLong
    ? value.toExponential(digits - 2).replace(/\.?0+e/, 'e')
    : String(Number(value.toPrecision(digits)));
  return text.replace('e+', 'e').replaceAll('-', '−');
}
