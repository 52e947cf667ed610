/**
 * Delimited text to records, as RFC 4180 has it: quoted fields may hold delimiters, line ends and doubled quotes.
 * Our own loop because errors must name line and column, and core may not see the Node types that parser packages bring.
 */
import { AppError } from '../../lib/errors.ts';

const MAX_COLUMNS = 10_000;
const MAX_CELL = 1_000_000;
const QUOTE = '"';

export interface CsvRecord {
  readonly fields: readonly string[];
  /** Line its first character stands on, from 1. */
  readonly line: number;
}

/** Where reading stands: shared by the two field readers. */
interface Cursor {
  at: number;
  line: number;
}

/**
 * Every record in order; blank lines are skipped. LF, CRLF and CR end a line.
 * Throws AppError 'data.quote', 'data.after_quote', 'data.too_large'.
 */
export function* readRecords(text: string, delimiter: string, file: string): Generator<CsvRecord> {
  const cursor: Cursor = { at: 0, line: 1 };
  while (cursor.at < text.length) {
    const line = cursor.line;
    const fields: string[] = [];
    do {
      fields.push(readField(text, delimiter, cursor, { file, column: fields.length + 1 }));
      if (fields.length > MAX_COLUMNS) {
        throw new AppError('data.too_large', { file, limit: `${MAX_COLUMNS} columns`, found: `more in line ${line}` });
      }
    } while (skipDelimiter(text, delimiter, cursor));
    skipLineEnd(text, cursor);
    if (fields.length > 1 || fields[0]?.trim() !== '') yield { fields, line };
  }
}

function skipDelimiter(text: string, delimiter: string, cursor: Cursor): boolean {
  if (text[cursor.at] !== delimiter) return false;
  cursor.at += 1;
  return true;
}

function skipLineEnd(text: string, cursor: Cursor): void {
  if (cursor.at >= text.length) return;
  cursor.at += text.startsWith('\r\n', cursor.at) ? 2 : 1;
  cursor.line += 1;
}

interface Place {
  readonly file: string;
  readonly column: number;
}

function readField(text: string, delimiter: string, cursor: Cursor, place: Place): string {
  const field =
    text[cursor.at] === QUOTE ? readQuoted(text, delimiter, cursor, place) : readPlain(text, delimiter, cursor);
  if (field.length > MAX_CELL) {
    const limit = `${MAX_CELL} characters a field`;
    throw new AppError('data.too_large', { file: place.file, limit, found: `${field.length} in line ${cursor.line}` });
  }
  return field;
}

function readPlain(text: string, delimiter: string, cursor: Cursor): string {
  const start = cursor.at;
  while (cursor.at < text.length) {
    const character = text[cursor.at];
    if (character === delimiter || character === '\n' || character === '\r') break;
    cursor.at += 1;
  }
  return text.slice(start, cursor.at);
}

function readQuoted(text: string, delimiter: string, cursor: Cursor, { file, column }: Place): string {
  const line = cursor.line;
  let field = '';
  let start = cursor.at + 1;
  for (;;) {
    const end = text.indexOf(QUOTE, start);
    if (end < 0) throw new AppError('data.quote', { file, line, column });
    field += text.slice(start, end);
    start = end + 1;
    if (text[start] !== QUOTE) break;
    field += QUOTE; // a doubled quote stands for one
    start += 1;
  }
  cursor.at = start;
  cursor.line += field.split(/\r\n|\n|\r/).length - 1;
  const next = text[start];
  if (next !== undefined && next !== delimiter && next !== '\n' && next !== '\r') {
    throw new AppError('data.after_quote', { file, line: cursor.line, column });
  }
  return field;
}
