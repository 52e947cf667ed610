/** What commands give back: text or JSON to standard output, files whole or not at all. */
import { atomicWrite } from '../store/io.ts';
import type { Surroundings } from './define.ts';

/** JSON in one piece; non-finite numbers as the texts of formats.md section 4. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'number' && !Number.isFinite(item) ? String(item) : item,
  );
}

/** As `jsonLine`, indented for people. */
export function jsonText(value: unknown): string {
  const plain: unknown = JSON.parse(jsonLine(value));
  return `${JSON.stringify(plain, null, 2)}\n`;
}

/** To the named file, or to standard output. */
export async function deliver(
  text: string | Uint8Array,
  file: string | undefined,
  around: Surroundings,
): Promise<void> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  if (file === undefined) return around.print(new TextDecoder().decode(bytes));
  await writeNamed(bytes, file, {}, around);
}

/** To the named file; with `json` says so in JSON too. */
export async function writeNamed(
  bytes: Uint8Array,
  file: string,
  { json = false }: { readonly json?: boolean },
  around: Surroundings,
): Promise<void> {
  await atomicWrite(file, bytes);
  around.log(`wrote ${file}`);
  if (json) around.print(jsonText({ file, bytes: bytes.length }));
}

/** Rows as columns of equal width, numbers (as text) to the right where a whole column is numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
  const isRight = head.map((_, i) => rows.length > 0 && rows.every((row) => /^[-\d.,e+]*$/i.test(row[i] ?? '')));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (isRight[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return `${all.map(line).join('\n')}\n`;
}

/** A number for people: four significant digits. */
export function short(value: number | undefined): string {
  return value === undefined ? '' : Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}
