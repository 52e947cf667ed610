/** Answers to many rows as a table: what was asked, what the network put out, and the class; whole as CSV text. */
import type { DataEncoding, Turn } from '../datasets/define.ts';
import type { NewRows } from '../datasets/new-rows.ts';
import type { Predictions } from './predict.ts';

/** Rows written between two turns. */
const TURN_ROWS = 512;
/** Characters of a piece, about. */
const PIECE = 2 ** 21;

export interface PredictionsTable {
  readonly columns: readonly string[];
  readonly rowCount: number;
  readonly rowAt: (row: number) => (number | string)[];
}

export function predictionsTable(encoding: DataEncoding, rows: NewRows, predictions: Predictions): PredictionsTable {
  const { columns, categories } = encoding;
  const { count, width, outputs, classes } = predictions;
  const labels = columns.map((name) => (Object.hasOwn(categories, name) ? categories[name] : undefined));
  return {
    columns: [
      ...columns,
      ...outputNames(encoding, width).map((name) => `output ${name}`),
      ...(classes.length > 0 ? ['class'] : []),
    ],
    rowCount: count,
    rowAt: (row) => {
      const cells: (number | string)[] = [];
      for (let at = 0; at < columns.length; at++) {
        const value = rows.raw[row * columns.length + at] as number;
        cells.push(labels[at]?.[value] ?? value);
      }
      for (let at = 0; at < width; at++) cells.push(outputs[row * width + at] as number);
      if (classes.length > 0) cells.push(classes[row] ?? '');
      return cells;
    },
  };
}

/** What each output is: a class, the second of two classes, or a target column. */
function outputNames({ task, classes, targetColumns }: DataEncoding, width: number): readonly string[] {
  if (task === 'multiclass') return classes;
  if (task === 'binary') return [classes[1] ?? 'output'];
  return Array.from({ length: width }, (_, i) => targetColumns[i] ?? `output ${i + 1}`);
}

/** As RFC 4180 has it, UTF-8, in pieces of some megabytes; quotes only where they are needed. */
export async function tableAsCsv({ columns, rowCount, rowAt }: PredictionsTable, turn: Turn): Promise<Uint8Array[]> {
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let lines = [lineOf(columns)];
  let size = 0;
  for (let row = 0; row < rowCount; row++) {
    const line = lineOf(rowAt(row));
    lines.push(line);
    size += line.length;
    if (size >= PIECE) {
      pieces.push(encoder.encode(lines.join('')));
      lines = [];
      size = 0;
    }
    if (row % TURN_ROWS === 0) await turn(row / rowCount);
  }
  if (lines.length > 0) pieces.push(encoder.encode(lines.join('')));
  return pieces;
}

function lineOf(cells: readonly (number | string)[]): string {
  return `${cells.map(fieldOf).join(',')}\r\n`;
}

function fieldOf(cell: number | string): string {
  if (typeof cell === 'number') return String(cell);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
