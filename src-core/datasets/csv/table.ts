/** A delimited file as a table: column names and records of equal length, every irregularity an error with its place. */
import { AppError } from '../../lib/errors.ts';
import { decodeText, type Charset } from './decode-text.ts';
import { columnNames, numberedName } from './column-names.ts';
import { guessDelimiter } from './guess.ts';
import type { Turn } from '../define.ts';
import { readPieces, type CsvPiece, type CsvRecord } from './read-records.ts';

export interface TableOptions {
  /** For messages. */
  readonly file: string;
  /** Absent: guessed. */
  readonly delimiter?: string | undefined;
  readonly decimal: '.' | ',';
  readonly header: boolean;
  /** How bytes that are not UTF-8 are read; absent: they are refused. */
  readonly charset?: Charset | undefined;
  /** What stands for no value beside an empty cell: 'NA', '?'. Such cells are read as empty ones. */
  readonly missingValues?: readonly string[] | undefined;
}

export interface CsvTable {
  readonly file: string;
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  /** Every one once; c1, c2, … without a header line. */
  readonly names: readonly string[];
  /** At least one. */
  readonly records: readonly CsvRecord[];
}

/** Throws AppError 'data.not_text', 'data.quote', 'data.after_quote', 'data.row_length', 'data.no_rows', 'data.too_large'. */
export function readTable(bytes: Uint8Array, options: TableOptions): CsvTable {
  const builder = new TableBuilder(bytes, options);
  for (const piece of builder.pieces()) builder.add(piece);
  return builder.finish();
}

/** The same with a turn after every half million characters. */
export async function readTableInTurns(bytes: Uint8Array, options: TableOptions, turn: Turn): Promise<CsvTable> {
  const builder = new TableBuilder(bytes, options);
  for (const piece of builder.pieces()) {
    builder.add(piece);
    await turn(piece.share);
  }
  return builder.finish();
}

/** The table with the cells that stand for no value empty. */
export function withGaps(table: CsvTable, missingValues: readonly string[]): CsvTable {
  const gaps = new Set(missingValues);
  return gaps.size === 0 ? table : { ...table, records: table.records.map((record) => emptied(record, gaps)) };
}

function emptied(record: CsvRecord, gaps: ReadonlySet<string>): CsvRecord {
  if (gaps.size === 0 || !record.fields.some((cell) => gaps.has(cell.trim()))) return record;
  return { ...record, fields: record.fields.map((cell) => (gaps.has(cell.trim()) ? '' : cell)) };
}

/** Checks every record as it comes, so that a wrong file is refused before the rest of it is read. */
class TableBuilder {
  readonly #options: TableOptions;
  readonly #text: string;
  readonly #delimiter: string;
  readonly #records: CsvRecord[] = [];
  readonly #gaps: ReadonlySet<string>;
  #names: readonly string[] | null = null;

  constructor(bytes: Uint8Array, options: TableOptions) {
    this.#options = options;
    this.#text = decodeText(bytes, options.file, options.charset);
    this.#delimiter = options.delimiter ?? guessDelimiter(this.#text, options.decimal);
    this.#gaps = new Set(options.missingValues);
  }

  pieces(): Generator<CsvPiece> {
    return readPieces(this.#text, this.#delimiter, { file: this.#options.file });
  }

  add({ records }: CsvPiece): void {
    const { file, header } = this.#options;
    for (const record of records) {
      if (this.#names === null) {
        this.#names = header ? columnNames(record.fields) : record.fields.map((_, i) => `c${i + 1}`);
        if (header) continue;
      }
      this.#records.push(emptied(record, this.#gaps));
      checkLength(record, { file, row: this.#records.length, expected: this.#names.length });
    }
  }

  finish(): CsvTable {
    const { file, decimal } = this.#options;
    if (this.#names === null || this.#records.length === 0) throw new AppError('data.no_rows', { file });
    return { file, delimiter: this.#delimiter, decimal, names: this.#names, records: this.#records };
  }
}

function checkLength({ fields, line }: CsvRecord, place: { file: string; row: number; expected: number }): void {
  if (fields.length !== place.expected) {
    throw new AppError('data.row_length', { ...place, line, found: fields.length });
  }
}

/** Index of a column. Throws AppError 'data.missing_column', listing what there is, 'data.duplicate_column' for a name that several have. */
export function columnIndex(table: CsvTable, column: string): number {
  const index = table.names.indexOf(column);
  if (index >= 0) return index;
  if (table.names.includes(numberedName(column, 1))) {
    throw new AppError('data.duplicate_column', { file: table.file, column });
  }
  const shown = table.names.slice(0, SHOWN_COLUMNS).map((name) => JSON.stringify(name));
  const more = table.names.length > SHOWN_COLUMNS ? ', …' : '';
  throw new AppError('data.missing_column', { file: table.file, column, found: `${shown.join(', ')}${more}` });
}
const SHOWN_COLUMNS = 12;

/** 'rows.csv: row 3 (line 4), column "x2"': rows count the data from 1, lines the file. */
export function placeOf(table: CsvTable, row: number, column: string): string {
  const line = table.records[row]?.line ?? 0;
  return `${table.file}: row ${row + 1} (line ${line}), column ${JSON.stringify(column)}`;
}
