/** Delimited text to records, as RFC 4180 has it; papaparse reads, this file finds the place of what it complains about. */
// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- every program that imports this file must see it
/// <reference path="./papaparse.d.ts" />
import Papa, { type ParserError } from 'papaparse';
import { AppError } from '../../lib/errors.ts';

const MAX_COLUMNS = 10_000;
const MAX_CELL = 1_000_000;
/** Characters read at once: some 10 ms of work. */
const PIECE = 2 ** 19;
const NEWLINE = '\n';

export interface CsvRecord {
  readonly fields: readonly string[];
  /** Line its first character stands on, from 1. */
  readonly line: number;
}

export interface CsvPiece {
  readonly records: readonly CsvRecord[];
  /** Share of the text that has been read, up to 1. */
  readonly share: number;
}

/**
 * Every record in order, piece by piece; blank lines are skipped. LF, CRLF and CR end a line.
 * @param options.piece characters read at once
 * Throws AppError 'data.quote', 'data.after_quote', 'data.too_large'.
 */
export function* readPieces(
  source: string,
  delimiter: string,
  { file, piece = PIECE }: { readonly file: string; readonly piece?: number },
): Generator<CsvPiece> {
  const text = source.includes('\r') ? source.replace(/\r\n?/g, NEWLINE) : source;
  const parser = new Papa.Parser({ delimiter, newline: NEWLINE });
  let at = 0;
  let size = piece;
  let line = 1;
  while (at < text.length) {
    const isLast = at + size >= text.length;
    const input = text.slice(at, at + size);
    const { data, errors, meta } = parser.parse(input, 0, !isLast);
    // The record that a piece breaks off in is read again, whole.
    const error = errors.find(({ index }) => isLast || index < meta.cursor);
    if (error !== undefined) throw quoteError(error, { input, line, delimiter, file });
    const records = withLines(data, line, input.includes('"'));
    for (const record of records) checkSizes(record, file);
    // A record longer than the piece is read again with twice the room.
    size = meta.cursor === 0 ? size * 2 : piece;
    at = isLast ? text.length : at + meta.cursor;
    line = records.at(-1)?.next ?? line;
    yield { records: records.filter(isFilled), share: at / text.length };
  }
}

/** The same, one record after another. */
export function* readRecords(
  text: string,
  delimiter: string,
  options: { readonly file: string; readonly piece?: number },
): Generator<CsvRecord> {
  for (const { records } of readPieces(text, delimiter, options)) yield* records;
}

interface PlacedRecord extends CsvRecord {
  /** Line behind it. */
  readonly next: number;
}

function withLines(data: readonly string[][], first: number, hasQuotes: boolean): PlacedRecord[] {
  let next = first;
  return data.map((fields) => {
    const line = next;
    next += 1 + (hasQuotes ? fields.reduce((sum, field) => sum + countLines(field), 0) : 0);
    return { fields, line, next };
  });
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf(NEWLINE); at >= 0; at = text.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

function isFilled({ fields }: CsvRecord): boolean {
  return fields.length > 1 || fields[0]?.trim() !== '';
}

function checkSizes({ fields, line }: CsvRecord, file: string): void {
  if (fields.length > MAX_COLUMNS) {
    throw new AppError('data.too_large', { file, limit: `${MAX_COLUMNS} columns`, found: `more in line ${line}` });
  }
  for (const { length } of fields) {
    if (length <= MAX_CELL) continue;
    const limit = `${MAX_CELL} characters a field`;
    throw new AppError('data.too_large', { file, limit, found: `${length} in line ${line}` });
  }
}

interface Piece {
  readonly input: string;
  /** Line the piece begins on. */
  readonly line: number;
  readonly delimiter: string;
  readonly file: string;
}

/** What stands before the field, read again, tells its line and its column. */
function quoteError({ code, index }: ParserError, { input, line, delimiter, file }: Piece): AppError {
  const before = input.slice(0, index - 1);
  const { data } = new Papa.Parser({ delimiter, newline: NEWLINE }).parse(before, 0, false);
  const place = { file, line: line + countLines(before), column: data.at(-1)?.length ?? 1 };
  if (code === 'MissingQuotes') return new AppError('data.quote', place);
  const end = input.indexOf('"', index);
  return new AppError('data.after_quote', { ...place, line: place.line + countLines(input.slice(index, end)) });
}
