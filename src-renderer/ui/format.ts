/** Numbers as people read them. */

const THOUSAND = 1_000;
const SMALL = 1e-3;
const LARGE = 1e6;
const LONG = 1e4;
/** Below it, two digits already take the room of three. */
const SHORTER = 1e-2;

/** Four significant digits, with an exponent where the number is very small or very large. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < SMALL || size >= LARGE)) return value.toExponential(2).replace('e+', 'e');
  return String(Number(value.toPrecision(4)));
}

/** As formatNumber in at most seven characters, for cells of a table and labels of wires. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  const digits = size < SHORTER ? 2 : 3;
  const text =
    size >= LONG || size < SMALL
      ? value.toExponential(0).replace('e+', 'e')
      : String(Number(value.toPrecision(digits)));
  return text.replaceAll('-', '−');
}

/** 1234567 → '1,234,567'. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

/** 412345 → '412k', 2.5e9 → '2.5G'. */
export function formatShort(value: number): string {
  return value < THOUSAND ? String(Math.round(value)) : scaled(value, THOUSAND, ['', 'k', 'M', 'G', 'T']);
}

/** 52428800 → '50 MB', a megabyte being 2^20 bytes. */
export function formatBytes(value: number): string {
  return scaled(value, 2 ** 10, [' B', ' KB', ' MB', ' GB', ' TB']);
}

/** Three significant digits in the largest unit in which the value is 1 or more. */
function scaled(value: number, step: number, units: readonly string[]): string {
  const inUnit = (unit: number): number => value / step ** unit;
  const rounded = (unit: number): number => Number(inUnit(unit).toPrecision(3));
  let unit = 0;
  while (unit < units.length - 1 && Math.max(inUnit(unit), rounded(unit)) >= step) unit++;
  return `${rounded(unit)}${units[unit]}`;
}

/** 63 s → '1:03'; 3,700 s → '1:01:40'. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${String(minutes).padStart(2, '0')}:${rest}`;
}

/** 'training stopped at step 2' → 'Training stopped at step 2'; what begins with a name of the code keeps it. */
export function sentence(text: string): string {
  return /^\w*[_.:]/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
