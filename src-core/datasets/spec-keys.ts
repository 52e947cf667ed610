/** Reads single keys of the document's data part: the value in its type, or an error that names the key. */
import { AppError } from '../lib/errors.ts';
import { ownEntry, showValue } from '../lib/fields-check.ts';
import type { Json, JsonObject } from '../lib/json.ts';

interface KeyOptions<T> {
  /** Absent: the key must be there. */
  readonly fallback?: T;
  /** Where the object stands in the document. Default 'data'. */
  readonly place?: string;
}

function fail(key: string, expected: string, value: Json | undefined, place = 'data'): never {
  throw new AppError('data.key', { path: `${place}.${key}`, expected, found: showValue(value) });
}

export function textKey(spec: JsonObject, key: string, options: KeyOptions<string> = {}): string {
  const value = ownEntry(spec, key) ?? options.fallback;
  return typeof value === 'string' && value !== '' ? value : fail(key, 'a text', value, options.place);
}

export function flagKey(spec: JsonObject, key: string, fallback: boolean, place?: string): boolean {
  const value = ownEntry(spec, key) ?? fallback;
  return typeof value === 'boolean' ? value : fail(key, 'true or false', value, place);
}

export function choiceKey<T extends string>(
  spec: JsonObject,
  key: string,
  choices: readonly T[],
  options: KeyOptions<T> = {},
): T {
  const value = ownEntry(spec, key) ?? options.fallback;
  const found = choices.find((choice) => choice === value);
  return found ?? fail(key, `one of ${choices.join(', ')}`, value, options.place);
}

/** A list of texts. */
export function textsKey(
  spec: JsonObject,
  key: string,
  options: KeyOptions<readonly string[]> = {},
): readonly string[] {
  const value = ownEntry(spec, key) ?? options.fallback;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value as readonly string[];
  return fail(key, 'a list of texts', value, options.place);
}

/** A list of labels, which files may write as texts or as numbers. */
export function labelsKey(spec: JsonObject, key: string): readonly string[] | null {
  const value = ownEntry(spec, key);
  if (value === undefined || value === null) return null;
  const isLabel = (item: unknown) => typeof item === 'string' || (typeof item === 'number' && Number.isFinite(item));
  if (Array.isArray(value) && value.length > 0 && value.every(isLabel)) return value.map(String);
  return fail(key, 'a list of class labels', value);
}

export interface NumberRange {
  readonly min: number;
  readonly max?: number;
  /** True: `max` itself is not allowed. */
  readonly belowMax?: boolean;
  readonly whole?: boolean;
}

export function numberKey(spec: JsonObject, key: string, range: NumberRange, options: KeyOptions<number> = {}): number {
  const value = ownEntry(spec, key) ?? options.fallback;
  const { min, max = Infinity, belowMax = false, whole = false } = range;
  const fits =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (!whole || Number.isSafeInteger(value)) &&
    value >= min &&
    (belowMax ? value < max : value <= max);
  if (fits) return value;
  const upper = max === Infinity ? '' : ` and ${belowMax ? 'below' : 'at most'} ${max}`;
  return fail(key, `a ${whole ? 'whole ' : ''}number of at least ${min}${upper}`, value, options.place);
}
