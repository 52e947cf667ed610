/** Raw rows from a CSV file, through a saved encoding: for predictions, evaluation, and validation files. */
import { AppError } from '../lib/errors.ts';
import { readCells, readLabels, readNumbers, setColumn } from './csv/columns.ts';
import { columnNames } from './csv/column-names.ts';
import { decodeText } from './csv/decode-text.ts';
import { guessDelimiter, sampleRecords } from './csv/guess.ts';
import { readTable, readTableInTurns, type CsvTable, type TableOptions } from './csv/table.ts';
import type { DataEncoding, RawData, Turn } from './define.ts';
import { encodeInputs, encodeTargets } from './encode.ts';
import { decodePicture, isPicture } from './images/decode.ts';
import { pictureShape, type PictureShape } from './images/pixel-names.ts';
import { fitPicture } from './images/resize.ts';
import { labelIndexer, showLabels } from './labels.ts';

export interface NewRows {
  readonly count: number;
  /** [count × columns] as written. */
  readonly raw: Float64Array;
  /** [count × fed], as the network takes them. */
  readonly inputs: Float64Array;
}

export interface ScoredRows extends NewRows {
  /** [count × targetSize], as the losses take them. */
  readonly targets: Float64Array;
}

interface FileOptions {
  /** For messages. */
  readonly file: string;
  /** Absent: guessed. */
  readonly delimiter?: string | undefined;
}

/**
 * Inputs by column name; other columns are ignored. A PNG or JPEG file is one row, for networks that were trained on
 * pictures. Throws AppError 'data.*' with row and column.
 */
export function rowsForPrediction(bytes: Uint8Array, encoding: DataEncoding, options: FileOptions): NewRows {
  const shape = pictureShape(encoding.columns);
  if (shape !== null && isPicture(bytes)) return rowOfPicture(bytes, encoding, { shape, file: options.file });
  return readInputs(openTable(bytes, encoding, options), encoding);
}

/** The same with turns between pieces of the text and between columns. */
export async function rowsForPredictionInTurns(
  bytes: Uint8Array,
  encoding: DataEncoding,
  { turn, ...options }: FileOptions & { readonly turn: Turn },
): Promise<NewRows> {
  const shape = pictureShape(encoding.columns);
  if (shape !== null && isPicture(bytes)) return rowOfPicture(bytes, encoding, { shape, file: options.file });
  const table = await readTableInTurns(bytes, tableOptions(bytes, encoding, options), turn);
  const raw = new Float64Array(table.records.length * encoding.columns.length);
  for (const at of encoding.columns.keys()) {
    readColumn(raw, at, table, encoding);
    await turn(1);
  }
  return { count: table.records.length, raw, inputs: encodeInputs(encoding, raw) };
}

function rowOfPicture(
  bytes: Uint8Array,
  encoding: DataEncoding,
  { shape, file }: { readonly shape: PictureShape; readonly file: string },
): NewRows {
  const raw = fitPicture(decodePicture(bytes, file), { ...shape, grayscale: shape.channels === 1 });
  return { count: 1, raw, inputs: encodeInputs(encoding, raw) };
}

/**
 * Inputs and targets by column name. A file without the target's name but with exactly one column that is no input
 * takes that column for the target. Throws AppError 'data.*' with row and column.
 */
export function rowsForEvaluation(bytes: Uint8Array, encoding: DataEncoding, options: FileOptions): ScoredRows {
  const table = openTable(bytes, encoding, options);
  const rows = readInputs(table, encoding);
  const columns = targetColumnsIn(table, encoding);
  const raw = new Float64Array(rows.count * columns.length);
  columns.forEach((name, at) => {
    const values =
      encoding.task === 'regression'
        ? readNumbers(table, name, false)
        : readLabels(table, name, encoding.classes, false);
    setColumn(raw, columns.length, at, values);
  });
  return { ...rows, targets: encodeTargets(encoding, raw) };
}

/**
 * Rows of a held-out part, read by the same kind of data from other files, through the encoding of the training rows.
 * Throws AppError 'data.cell' where a row has another width or a class that no training row has.
 */
export function encodeRaw(raw: RawData, encoding: DataEncoding, place: string): Omit<ScoredRows, 'raw'> {
  if (raw.inputNames.length !== encoding.columns.length) {
    const expected = `${encoding.columns.length} values a row, as in the training rows`;
    throw new AppError('data.cell', { where: place, expected, found: String(raw.inputNames.length) });
  }
  const indexOf = labelIndexer(encoding.classes);
  const known = raw.classes.map((label) => {
    const index = indexOf(label);
    if (index >= 0) return index;
    const expected = `one of the classes ${showLabels(encoding.classes)}`;
    throw new AppError('data.cell', { where: place, expected, found: JSON.stringify(label) });
  });
  const targets = raw.classes.length === 0 ? raw.targets : raw.targets.map((label) => known[label] ?? NaN);
  return { count: raw.count, inputs: encodeInputs(encoding, raw.inputs), targets: encodeTargets(encoding, targets) };
}

/** Raw values [rows][columns] from a form or a wire, in the order of `encoding.columns`. Throws AppError 'data.*'. */
export function rowsFromValues(values: readonly (readonly (number | string)[])[], encoding: DataEncoding): NewRows {
  const width = encoding.columns.length;
  const raw = new Float64Array(values.length * width);
  values.forEach((row, i) => {
    if (row.length !== width) {
      const expected = `${width} values (${encoding.columns.join(', ')})`;
      throw new AppError('data.cell', { where: `row ${i + 1}`, expected, found: String(row.length) });
    }
    row.forEach((value, at) => {
      const column = encoding.columns[at] ?? '';
      raw[i * width + at] = rawValue(value, {
        encoding,
        column,
        where: `row ${i + 1}, column ${JSON.stringify(column)}`,
      });
    });
  });
  return { count: values.length, raw, inputs: encodeInputs(encoding, raw) };
}

function rawValue(value: number | string, place: { encoding: DataEncoding; column: string; where: string }): number {
  const { encoding, column, where } = place;
  const labels = Object.hasOwn(encoding.categories, column) ? (encoding.categories[column] ?? []) : null;
  if (labels === null && typeof value === 'number' && Number.isFinite(value)) return value;
  const index = labels === null ? -1 : labels.indexOf(String(value));
  if (index >= 0) return index;
  const expected = labels === null ? 'a finite number' : `one of ${labels.join(', ')}`;
  throw new AppError('data.cell', { where, expected, found: String(value) });
}

function openTable(bytes: Uint8Array, encoding: DataEncoding, options: FileOptions): CsvTable {
  return readTable(bytes, tableOptions(bytes, encoding, options));
}

function tableOptions(bytes: Uint8Array, encoding: DataEncoding, { file, delimiter }: FileOptions): TableOptions {
  const { decimal, charset, missingValues } = encoding;
  const text = decodeText(bytes, file, charset);
  const guessed = guessDelimiter(text, decimal);
  const finds = (mark: string) => encoding.columns.every((name) => firstCells(text, mark).includes(name));
  const mark = delimiter !== undefined && finds(delimiter) ? delimiter : guessed;
  const header = encoding.header || finds(mark);
  return { file, delimiter: mark, decimal, header, charset, missingValues };
}

function firstCells(text: string, delimiter: string): readonly string[] {
  return columnNames(sampleRecords(text, delimiter)[0] ?? []);
}

function readInputs(table: CsvTable, encoding: DataEncoding): NewRows {
  const count = table.records.length;
  const raw = new Float64Array(count * encoding.columns.length);
  for (const at of encoding.columns.keys()) readColumn(raw, at, table, encoding);
  return { count, raw, inputs: encodeInputs(encoding, raw) };
}

function readColumn(raw: Float64Array, at: number, table: CsvTable, encoding: DataEncoding): void {
  const { columns, categories, fill } = encoding;
  const name = columns[at] ?? '';
  const labels = Object.hasOwn(categories, name) ? categories[name] : undefined;
  const filler = Object.hasOwn(fill, name) ? fill[name] : undefined;
  const values = labels
    ? readLabels(table, name, labels, false)
    : readNumbers(table, name, filler !== undefined).map((value) => (Number.isNaN(value) ? (filler ?? NaN) : value));
  setColumn(raw, columns.length, at, values);
}

function targetColumnsIn(table: CsvTable, encoding: DataEncoding): readonly string[] {
  if (encoding.targetColumns.every((name) => table.names.includes(name))) return encoding.targetColumns;
  const others = table.names.filter((name) => !encoding.columns.includes(name));
  if (encoding.targetColumns.length === 1 && others.length === 1) return others;
  encoding.targetColumns.forEach((name) => readCells(table, name)); // throws for the first that is missing
  return encoding.targetColumns;
}
