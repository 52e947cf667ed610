/** Numbers as data files write them. */

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * The finite number a cell holds; null for anything else: NaN, Infinity, 1e999, hexadecimal, thousands separators, nothing.
 * @param decimal ',' takes 1,5 and refuses 1.5
 */
export function parseNumber(cell: string, decimal: '.' | ','): number | null {
  let text = cell.trim();
  if (decimal === ',') {
    if (text.includes('.')) return null;
    text = text.replace(',', '.');
  }
  if (!NUMBER.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
