/** Guesses about a delimited file that says nothing about itself: delimiter, decimal mark, header line. */
import { AppError } from '../../lib/errors.ts';
import { isUsualGap } from './gaps.ts';
import { parseNumber } from './numbers.ts';
import { readRecords } from './read-records.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Records looked at. */
const SAMPLE = 50;
const SAMPLE_CHARACTERS = 1_000_000;
/** Small: the first 50 records are rarely longer, and those of wide files are read with more room. */
const PIECE = 4096;
const DECIMAL_COMMA = /^[+-]?\d*,\d+(e[+-]?\d+)?$/i;

/** The first records of the text under one delimiter, up to the place where it does not parse that way. */
export function sampleRecords(text: string, delimiter: string): readonly (readonly string[])[] {
  const records: (readonly string[])[] = [];
  try {
    for (const { fields } of readRecords(text.slice(0, SAMPLE_CHARACTERS), delimiter, {
      file: 'sample',
      piece: PIECE,
    })) {
      records.push(fields);
      if (records.length === SAMPLE) break;
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error; // the real reading will report it with its place
  }
  return records;
}

/** The delimiter under which the sample has most columns, the same number in every row preferred; a comma when none parts it. */
export function guessDelimiter(text: string, decimal: '.' | ',' = '.'): string {
  let best = { delimiter: decimal === ',' ? ';' : ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    if (delimiter === decimal) continue;
    const widths = sampleRecords(text, delimiter).map((fields) => fields.length);
    const width = Math.min(...widths);
    if (widths.length === 0 || width < 2) continue;
    const score = widths.every((other) => other === width) ? width : width / MANY_COLUMNS;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}
/** Ragged parsings lose against even ones whatever their width. */
const MANY_COLUMNS = 100_000;

/** A comma where numbers with decimal commas are seen and none with points; never when the comma parts the fields. */
export function guessDecimal(records: readonly (readonly string[])[], delimiter: string): '.' | ',' {
  if (delimiter === ',') return '.';
  const cells = records.flat().map((cell) => cell.trim());
  const points = cells.some((cell) => cell.includes('.') && parseNumber(cell, '.') !== null);
  return !points && cells.some((cell) => DECIMAL_COMMA.test(cell)) ? ',' : '.';
}

/**
 * True when the first record has no numbers, and either only distinct, non-empty cells or a column of numbers below one
 * of its words.
 */
export function guessHeader(records: readonly (readonly string[])[], decimal: '.' | ','): boolean {
  const [first = [], ...others] = records.map((cells) => cells.map((cell) => cell.trim()));
  const isNumber = (cell: string): boolean => parseNumber(cell, decimal) !== null;
  if (first.every((cell) => cell === '') || first.some(isNumber)) return false;
  if (first.every((cell) => cell !== '') && new Set(first).size === first.length) return true;
  const below = (at: number): string[] => others.map((cells) => cells[at] ?? '').filter((cell) => !isUsualGap(cell));
  return first.some((word, at) => word !== '' && below(at).length > 0 && below(at).every(isNumber));
}
