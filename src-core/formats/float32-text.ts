/** Float32 numbers as text: the fewest decimal digits that read back as the same float32. */

const MOST_DIGITS = 9; // 9 always suffice: C11 FLT_DECIMAL_DIG
const FIRST_GUESS = 7;
/** 10^0 … 10^22: the powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** A scaled number is off by at most 10^9 · 2^-53: nearer to the middle between two whole ones it does not tell which is nearer. */
const UNSURE = 1e-6;

/**
 * The shortest decimal that rounds to `value`; −0 gives '-0'; NaN and the infinities give themselves in quotes.
 * @param value a float32
 */
export function float32Text(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const decimalOf = isPowerOfTwo(value) ? decimalNear : nearestDecimal;
  let digits = FIRST_GUESS;
  let found = decimalOf(value, digits);
  while (found === null && digits < MOST_DIGITS) found = decimalOf(value, ++digits);
  if (found === null) return String(value);
  if (digits > FIRST_GUESS) return String(found);
  for (let shorter: number | null = found; shorter !== null; shorter = --digits > 0 ? decimalOf(value, digits) : null)
    found = shorter;
  return String(found);
}

/**
 * The decimal of so many digits next to `value`; null when it reads back as another float32. Scales by a power of ten; where
 * that is not exact enough, by way of text, some ten times slower.
 */
function nearestDecimal(value: number, digits: number): number | null {
  const shift = digits - 1 - Math.floor(Math.log10(Math.abs(value)));
  const power = POWERS[Math.abs(shift)];
  if (power === undefined) return throughText(value, digits);
  const scaled = shift < 0 ? value / power : value * power;
  const whole = Math.round(scaled);
  const size = Math.abs(whole);
  const isSure = Math.abs(Math.abs(scaled - whole) - 0.5) > UNSURE;
  if (!isSure || size < (POWERS[digits - 1] as number) || size >= (POWERS[digits] as number))
    return throughText(value, digits);
  // Both are exact, so the quotient is the double next to the decimal: what reading its text gives.
  const decimal = shift < 0 ? whole * power : whole / power;
  return Math.fround(decimal) === value ? decimal : null;
}

function throughText(value: number, digits: number): number | null {
  const nearest = Number(value.toPrecision(digits));
  return Math.fround(nearest) === value ? nearest : null;
}

/** Below a power of two floats lie twice as dense: the nearest decimal may miss and its neighbour above may fit. */
function decimalNear(value: number, digits: number): number | null {
  const nearest = throughText(value, digits);
  if (nearest !== null) return nearest;
  const exponent = Number(value.toExponential(digits - 1).split('e')[1]);
  const above = Number(value.toPrecision(digits)) + Math.sign(value) * Number(`1e${exponent - digits + 1}`);
  const rounded = Number(above.toPrecision(digits));
  return Math.fround(rounded) === value ? rounded : null;
}

const FLOAT = new Float32Array(1);
const WORD = new Uint32Array(FLOAT.buffer);
const MANTISSA = 0x7fffff;

/** Of the normal ones; of those below there are too few digits to miss. */
function isPowerOfTwo(value: number): boolean {
  FLOAT[0] = value;
  return ((WORD[0] as number) & MANTISSA) === 0;
}
