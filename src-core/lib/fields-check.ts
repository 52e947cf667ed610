/** Checks values against declared fields, and fills in their defaults: one reader for forms, files and the engine. */
import { errorText, type ErrorCode, type ErrorDetail } from './errors.ts';
import type { Field, Fields, IntegersField, NumberField, VariantField } from './fields.ts';
import type { Json, JsonObject } from './json.ts';

export interface FieldProblem {
  /** Catalogue entry of `errors/graph.ts`. */
  readonly code: ErrorCode;
  /** '<place>.<key>', with an index in brackets for an item of a list. */
  readonly path: string;
  readonly message: string;
}

/** A variant value in its long form: the entry's name and its own parameters, defaults filled in. */
export interface Variant {
  readonly type: string;
  readonly params: JsonObject;
}

const MAX_SHOWN = 60;

/** A value as messages quote it: JSON, shortened; 'nothing' when it is absent. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}

/** True for {…}: neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own entry of a table whose keys came from a file: 'constructor' and its like are not entries. */
export function ownEntry<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/**
 * Every way in which `params` breaks its declaration; keys that are not declared are left alone.
 * A field whose default is null is optional: null and absent both mean "worked out by its owner".
 * @param place what messages start with: 'h1', 'training.optimizer'
 */
export function checkFields(fields: Fields, params: JsonObject, place: string): readonly FieldProblem[] {
  return Object.entries(fields).flatMap(([key, field]) => checkField(field, ownEntry(params, key), `${place}.${key}`));
}

/** The same for one value. */
export function checkField(field: Field, value: Json | undefined, path: string): readonly FieldProblem[] {
  if (value === undefined) {
    return field.default === undefined
      ? [problem('field.missing', path, { where: path, expected: expectation(field) })]
      : [];
  }
  if (value === null && field.default === null) return [];
  if (field.kind === 'integers') return checkIntegers(field, value, path);
  if (field.kind === 'variant') return checkVariant(field, value, path);
  const fits = fitsScalar(field, value);
  return fits === 'yes'
    ? []
    : [problem(fits, path, { where: path, expected: expectation(field), found: showValue(value) })];
}

/**
 * `params` with the defaults of absent keys; undeclared keys are kept, optional keys without a value are left out.
 * A variant stays a name where its entry has no parameters; otherwise it becomes {"type": …} with all of them.
 */
export function resolveParams(fields: Fields, params: JsonObject): JsonObject {
  const filled: Record<string, Json | undefined> = { ...params };
  for (const [key, field] of Object.entries(fields)) {
    const value = ownEntry(params, key) ?? field.default;
    if (value === undefined || value === null) delete filled[key];
    else filled[key] = field.kind === 'variant' ? resolvedVariant(field, value) : value;
  }
  return filled;
}

/** A variant given as a name or as {"type": …}, in one form; `params` has every default filled in. */
export function resolveVariant(field: VariantField, value: Json): Variant {
  const type = typeof value === 'string' ? value : isObject(value) ? String(value['type']) : String(value);
  const given: Record<string, Json | undefined> = isObject(value) ? { ...value } : {};
  delete given['type'];
  return { type, params: resolveParams(ownEntry(field.entries, type) ?? {}, given) };
}

/** What a field takes, as messages say it: 'a whole number from 1 to 65536'. */
export function expectation(field: Field): string {
  switch (field.kind) {
    case 'integer':
      return `a whole number from ${field.min} to ${field.max}`;
    case 'number':
      return `a number${numberRange(field)}`;
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${field.options.join(', ')}`;
    case 'integers':
      return `a list of ${lengthRange(field)} from ${field.min} to ${field.max}`;
    case 'variant':
      return `one of ${Object.keys(field.entries).join(', ')}`;
  }
}

function numberRange({ min, max, exclusiveMin, exclusiveMax }: NumberField): string {
  if (min !== undefined && max !== undefined) {
    return ` in ${exclusiveMin ? '(' : '['}${min}, ${max}${exclusiveMax ? ')' : ']'}`;
  }
  if (min !== undefined) return exclusiveMin ? ` > ${min}` : ` ≥ ${min}`;
  if (max !== undefined) return exclusiveMax ? ` < ${max}` : ` ≤ ${max}`;
  return '';
}

function lengthRange({ length }: IntegersField): string {
  if (typeof length === 'number') return `${length} whole number${length === 1 ? '' : 's'}`;
  return `${length[0]} to ${length[1]} whole numbers`;
}

type Fit = 'yes' | 'field.type' | 'field.range' | 'field.unknown_name';

function fitsScalar(field: Exclude<Field, IntegersField | VariantField>, value: Json): Fit {
  switch (field.kind) {
    case 'integer':
      if (typeof value !== 'number') return 'field.type';
      return Number.isSafeInteger(value) && value >= field.min && value <= field.max ? 'yes' : 'field.range';
    case 'number':
      if (typeof value !== 'number') return 'field.type';
      return fitsNumber(field, value) ? 'yes' : 'field.range';
    case 'boolean':
      return typeof value === 'boolean' ? 'yes' : 'field.type';
    case 'choice':
      if (typeof value !== 'string') return 'field.type';
      return field.options.includes(value) ? 'yes' : 'field.unknown_name';
  }
}

function fitsNumber({ min, max, exclusiveMin, exclusiveMax }: NumberField, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (min !== undefined && (exclusiveMin ? value <= min : value < min)) return false;
  return max === undefined || (exclusiveMax ? value < max : value <= max);
}

function checkIntegers(field: IntegersField, value: Json, path: string): readonly FieldProblem[] {
  const expected = expectation(field);
  if (!Array.isArray(value)) return [problem('field.type', path, { where: path, expected, found: showValue(value) })];
  const [least, most] = typeof field.length === 'number' ? [field.length, field.length] : field.length;
  if (value.length < least || value.length > most) {
    return [problem('field.range', path, { where: path, expected, found: showValue(value) })];
  }
  const item = { kind: 'integer', label: '', help: '', min: field.min, max: field.max } as const;
  return value.flatMap((entry: Json, i) => checkField(item, entry, `${path}[${i}]`));
}

function checkVariant(field: VariantField, value: Json, path: string): readonly FieldProblem[] {
  const expected = expectation(field);
  const type = isObject(value) ? ownEntry(value, 'type') : value;
  if (typeof type !== 'string') {
    const found = showValue(value);
    return [problem('field.type', path, { where: path, expected: `${expected}, or {"type": name, …}`, found })];
  }
  const entry = ownEntry(field.entries, type);
  if (entry === undefined) {
    return [problem('field.unknown_name', path, { where: path, expected, found: showValue(type) })];
  }
  return checkFields(entry, isObject(value) ? value : {}, path);
}

function resolvedVariant(field: VariantField, value: Json): Json {
  const { type, params } = resolveVariant(field, value);
  return Object.keys(params).length === 0 ? type : { type, ...params };
}

function problem<C extends ErrorCode>(code: C, path: string, detail: ErrorDetail<C>): FieldProblem {
  return { code, path, message: errorText(code, detail) };
}
