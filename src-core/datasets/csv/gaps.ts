/** What files write where a value is missing, and cells that keep a column of numbers from being one. */
import { parseNumber } from './numbers.ts';
import type { CsvTable } from './table.ts';

/** Written for "no value" by R, pandas, spreadsheets, databases and the UCI archive. */
const USUAL: ReadonlySet<string> = new Set([
  ...['NA', 'N/A', 'n/a', '#N/A', '<NA>', 'NaN', 'nan', '#NUM!', '#DIV/0!'],
  ...['NULL', 'null', 'Null', 'None', 'none', 'missing', '?', '-', '--', '.'],
]);

/** True for an empty cell and for what usually stands for one. */
export function isUsualGap(cell: string): boolean {
  return cell === '' || USUAL.has(cell);
}

/** Which of the usual marks stand in those of the columns that hold nothing but numbers beside them; sorted. */
export function guessGaps(table: CsvTable, columns: Iterable<number>): readonly string[] {
  const found = new Set<string>();
  for (const at of columns) for (const mark of marksIn(table, at)) found.add(mark);
  return [...found].sort();
}

function marksIn({ records, decimal }: CsvTable, at: number): ReadonlySet<string> {
  const marks = new Set<string>();
  let hasNumbers = false;
  for (const { fields } of records) {
    const cell = (fields[at] ?? '').trim();
    if (parseNumber(cell, decimal) !== null) hasNumbers = true;
    else if (!isUsualGap(cell)) return new Set();
    else if (cell !== '') marks.add(cell);
  }
  return hasNumbers ? marks : new Set();
}

/** Cells that are no numbers in a column that mostly holds some. */
export interface Strays {
  readonly count: number;
  /** The first few different ones. */
  readonly cells: readonly string[];
}

const MOST_SHOWN = 5;
/** Of the filled cells: with fewer numbers than this it is a column of labels. */
const LEAST_NUMBERS = 0.8;

/** @param filled the column's cells that are not empty. Null where they are all numbers, or too few are. */
export function straysOf(filled: readonly string[], decimal: '.' | ','): Strays | null {
  const strays = filled.filter((cell) => parseNumber(cell, decimal) === null);
  if (strays.length === 0 || strays.length > filled.length * (1 - LEAST_NUMBERS)) return null;
  return { count: strays.length, cells: [...new Set(strays)].slice(0, MOST_SHOWN) };
}
