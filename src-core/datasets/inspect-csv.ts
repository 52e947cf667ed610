/** A CSV file looked at before anything is known about it: what the import dialog fills itself in with. */
import type { CsvInspection, DataColumn } from '../contract/records.ts';
import { binsOf } from './bins.ts';
import { CHARSETS, decodeText, guessCharset } from './csv/decode-text.ts';
import { guessGaps, straysOf } from './csv/gaps.ts';
import { parseNumber } from './csv/numbers.ts';
import { guessDecimal, guessDelimiter, guessHeader, sampleRecords } from './csv/guess.ts';
import { readTableInTurns, withGaps, type CsvTable } from './csv/table.ts';
import type { Turn } from './define.ts';
import { HEAD_ROWS } from './head.ts';
import { labelIndexer, orderLabels } from './labels.ts';

export interface InspectOptions {
  readonly path: string;
  /** Absent: guessed. */
  readonly delimiter?: string | undefined;
  readonly decimal?: string | undefined;
  readonly header?: boolean | undefined;
  readonly charset?: string | undefined;
  readonly missingValues?: readonly string[] | undefined;
}

const MAX_LABELS = 100;

/** Columns with type, gaps and range, and the first 100 rows. Throws AppError 'data.*' for a file that is not a table. */
export async function inspectCsv(
  bytes: Uint8Array,
  options: InspectOptions,
  turn: Turn = () => {},
): Promise<CsvInspection> {
  const charset = CHARSETS.find((known) => known === options.charset) ?? guessCharset(bytes);
  const text = decodeText(bytes, options.path, charset);
  const asked = options.decimal === ',' || options.decimal === '.' ? options.decimal : undefined;
  const delimiter = options.delimiter ?? guessDelimiter(text, asked);
  const sample = sampleRecords(text, delimiter);
  const decimal = asked ?? guessDecimal(sample, delimiter);
  const header = options.header ?? guessHeader(sample, decimal);
  const asTable = { file: options.path, delimiter, decimal, header, charset, missingValues: options.missingValues };
  const written = await readTableInTurns(bytes, asTable, turn);
  const described = await describeColumns(written, turn);
  const missingValues = options.missingValues ?? guessGaps(written, notNumbers(described));
  const isAsWritten = options.missingValues !== undefined || missingValues.length === 0;
  const table = isAsWritten ? written : withGaps(written, missingValues);
  const columns = isAsWritten ? described : await describeColumns(table, turn);
  return {
    path: options.path,
    delimiter,
    decimal,
    header,
    charset,
    missingValues,
    rowCount: table.records.length,
    columns,
    rows: table.records.slice(0, HEAD_ROWS).map(({ fields }) => fields),
  };
}

async function describeColumns(table: CsvTable, turn: Turn): Promise<DataColumn[]> {
  const columns: DataColumn[] = [];
  for (const [at, name] of table.names.entries()) {
    columns.push(describeColumn(table, name, at));
    await turn(1);
  }
  return columns;
}

function notNumbers(columns: readonly DataColumn[]): number[] {
  return columns.flatMap(({ type }, at) => (type === 'number' ? [] : [at]));
}

/** A number column is one whose every filled cell is a number. */
function describeColumn(table: CsvTable, name: string, at: number): DataColumn {
  const cells = table.records.map(({ fields }) => (fields[at] ?? '').trim());
  const filled = cells.filter((cell) => cell !== '');
  const missing = cells.length - filled.length;
  const numbers = filled.map((cell) => parseNumber(cell, table.decimal)).filter((value) => value !== null);
  if (filled.length === 0 || numbers.length < filled.length) {
    const strays = straysOf(filled, table.decimal);
    const labels = orderLabels(filled).slice(0, MAX_LABELS);
    const bins = countLabels(filled, labels);
    return { name, type: 'category', missing, min: null, max: null, mean: null, std: null, labels, bins, strays };
  }
  const min = numbers.reduce((low, value) => Math.min(low, value), Infinity);
  const max = numbers.reduce((high, value) => Math.max(high, value), -Infinity);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const std = Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length);
  return {
    name,
    type: 'number',
    missing,
    min,
    max,
    mean,
    std,
    labels: [],
    bins: binsOf(numbers, min, max),
    strays: null,
  };
}

function countLabels(cells: readonly string[], labels: readonly string[]): number[] {
  const indexOf = labelIndexer(labels);
  const counts = labels.map(() => 0);
  for (const cell of cells) {
    const index = indexOf(cell);
    if (index >= 0) counts[index] = (counts[index] as number) + 1;
  }
  return counts;
}
