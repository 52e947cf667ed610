/** Single columns of a table as numbers, categories or class indices; a missing number is NaN, a missing label −1. */
import { AppError } from '../../lib/errors.ts';
import { labelIndexer, showLabels } from '../labels.ts';
import { parseNumber } from './numbers.ts';
import { columnIndex, placeOf, type CsvTable } from './table.ts';

/** Trimmed cells of one column. Throws AppError 'data.missing_column'. */
export function readCells(table: CsvTable, column: string): string[] {
  const index = columnIndex(table, column);
  return table.records.map((record) => (record.fields[index] ?? '').trim());
}

/** Throws AppError 'data.cell' for what is not a finite number, 'data.missing_value' unless `allowMissing`. */
export function readNumbers(table: CsvTable, column: string, allowMissing: boolean): Float64Array {
  const index = columnIndex(table, column);
  const values = new Float64Array(table.records.length);
  table.records.forEach(({ fields }, row) => {
    const cell = fields[index] ?? '';
    values[row] = parseNumber(cell, table.decimal) ?? readGap({ table, cell: cell.trim(), row, column, allowMissing });
  });
  return values;
}

interface Gap {
  readonly table: CsvTable;
  /** What is no number. */
  readonly cell: string;
  readonly row: number;
  readonly column: string;
  readonly allowMissing: boolean;
}

function readGap({ table, cell, row, column, allowMissing }: Gap): number {
  if (cell === '') return missing(table, row, column, allowMissing, NaN);
  const expected = `a finite number${table.decimal === ',' ? ' with a decimal comma' : ''}`;
  throw new AppError('data.cell', { where: placeOf(table, row, column), expected, found: JSON.stringify(cell) });
}

/** Index of each cell in `labels`. Throws AppError 'data.cell' for a label that is not one of them. */
export function readLabels(
  table: CsvTable,
  column: string,
  labels: readonly string[],
  allowMissing: boolean,
): Float64Array {
  const indexOf = labelIndexer(labels);
  return Float64Array.from(readCells(table, column), (cell, row) => {
    if (cell === '') return missing(table, row, column, allowMissing, -1);
    const index = indexOf(cell);
    if (index >= 0) return index;
    const where = placeOf(table, row, column);
    throw new AppError('data.cell', { where, expected: `one of ${showLabels(labels)}`, found: JSON.stringify(cell) });
  });
}

function missing(table: CsvTable, row: number, column: string, allow: boolean, value: number): number {
  if (allow) return value;
  throw new AppError('data.missing_value', { where: placeOf(table, row, column) });
}

/** Writes `values` [rows] into column `at` of a row-major matrix of `width` columns. */
export function setColumn(matrix: Float64Array, width: number, at: number, values: Float64Array): void {
  for (let row = 0; row < values.length; row++) matrix[row * width + at] = values[row] as number;
}
