/** Float32 numbers as text: the fewest decimal digits that read back as the same float32. */

const MOST_DIGITS = 9; // 9 always suffice: C11 FLT_DECIMAL_DIG
const FIRST_GUESS = 7;

/**
 * The shortest decimal that rounds to `value`; −0 gives '-0'; NaN and the infinities give themselves in quotes.
 * @param value a float32
 */
export function float32Text(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  let digits = FIRST_GUESS;
  let text = decimalOf(value, digits);
  if (text === null) {
    while (text === null && digits < MOST_DIGITS) text = decimalOf(value, ++digits);
    return text ?? String(value);
  }
  for (let shorter: string | null = text; shorter !== null && digits > 0; shorter = decimalOf(value, --digits))
    text = shorter;
  return text;
}

/** A decimal of so many digits that reads back as `value`, the nearest first; null when there is none. */
function decimalOf(value: number, digits: number): string | null {
  if (digits === 0) return null;
  const nearest = value.toPrecision(digits);
  if (Math.fround(Number(nearest)) === value) return String(Number(nearest));
  if (!isPowerOfTwo(value)) return null;
  // Below a power of two floats lie twice as dense: the nearest decimal may miss and its neighbour above may fit.
  const exponent = Number(value.toExponential(digits - 1).split('e')[1]);
  const above = Number(`${Number(nearest) + Math.sign(value) * Number(`1e${exponent - digits + 1}`)}`);
  const rounded = Number(above.toPrecision(digits));
  return Math.fround(rounded) === value ? String(rounded) : null;
}

function isPowerOfTwo(value: number): boolean {
  const exponent = Math.log2(Math.abs(value));
  return Number.isInteger(exponent) && 2 ** exponent === Math.abs(value);
}
