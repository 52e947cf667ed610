/** An encoding as the `data` part of weights files and checkpoints, and back. */
import { AppError } from '../lib/errors.ts';
import { isObject, showValue } from '../lib/fields-check.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import { CHARSETS } from './csv/decode-text.ts';
import type { DataEncoding, Standardization } from './define.ts';
import { numericFedNames } from './encode.ts';
import { TASKS } from './kinds/keys.ts';
import { choiceKey, flagKey, labelsKey, numberKey, textsKey } from './spec-keys.ts';

/** Keys whose bulk does not belong into a weights file: the rows of inline data. */
const LEFT_OUT = ['inputs', 'targets'];

/** `spec` (as in the project) plus task, columns, targets' columns, classes, categories, fill and standardisations. */
export function encodingToJson(spec: JsonObject, encoding: DataEncoding): JsonObject {
  const kept = Object.entries(spec).filter(([key]) => spec['kind'] !== 'inline' || !LEFT_OUT.includes(key));
  return {
    ...Object.fromEntries(kept),
    task: encoding.task,
    columns: encoding.columns,
    target_columns: encoding.targetColumns,
    classes: encoding.classes,
    ...(Object.keys(encoding.categories).length > 0 && { categories: encoding.categories }),
    ...(Object.keys(encoding.fill).length > 0 && { fill: encoding.fill }),
    ...(encoding.features !== null && { features: encoding.features }),
    ...(encoding.scale !== 1 && { input_scale: encoding.scale }),
    ...(encoding.charset !== undefined && { encoding: encoding.charset }),
    ...(encoding.missingValues !== undefined && { missing_values: encoding.missingValues }),
    standardization: scaleToJson(encoding.standardization),
    ...(encoding.targetStandardization !== null && {
      target_standardization: scaleToJson(encoding.targetStandardization),
    }),
  };
}

function scaleToJson(scale: Standardization | null): JsonObject | null {
  return scale === null ? null : { columns: scale.columns, mean: scale.mean, std: scale.std };
}

/**
 * The encoding in the `data` part of a weights file; files made by other programs may leave everything out but `task`.
 * @param defaults columns to assume where the file names none: x1, x2, …
 * Throws AppError 'data.key'.
 */
export function encodingFromJson(data: JsonObject, defaults: { inputs: number; targets: number }): DataEncoding {
  const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
  const classes = labelsOf(data);
  const task = choiceKey(data, 'task', TASKS, {
    fallback: classes.length === 0 ? 'regression' : classes.length === 2 ? 'binary' : 'multiclass',
  });
  const features = data['features'] === undefined ? null : textsKey(data, 'features');
  const columns = textsKey(data, 'columns', { fallback: columnsOf(data) ?? numbered('x', defaults.inputs) });
  const target = task === 'regression' ? (defaults.targets === 1 ? ['y'] : numbered('y', defaults.targets)) : ['label'];
  const categories = categoriesOf(data);
  const standardization = scaleFromJson(data, 'standardization');
  const fed = numericFedNames({ columns, categories, features });
  const foreign = standardization?.columns.find((column) => !fed.includes(column));
  if (foreign !== undefined) refuse('standardization.columns', `names from ${fed.join(', ')}`, foreign);
  return {
    task,
    columns,
    targetColumns: textsKey(data, 'target_columns', { fallback: listOf(data['target']) ?? target }),
    classes: task === 'regression' ? [] : classes,
    categories,
    features,
    fill: numbersOf(data, 'fill'),
    scale: numberKey(data, 'input_scale', { min: Number.MIN_VALUE }, { fallback: 1 }),
    standardization,
    targetStandardization: scaleFromJson(data, 'target_standardization'),
    decimal: choiceKey(data, 'decimal', ['.', ','], { fallback: '.' }),
    header: flagKey(data, 'header', true),
    ...(data['encoding'] !== undefined && { charset: choiceKey(data, 'encoding', CHARSETS) }),
    ...(data['missing_values'] !== undefined && { missingValues: textsKey(data, 'missing_values') }),
  };
}

function listOf(value: Json | undefined): readonly string[] | null {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? (value as readonly string[]) : null;
}

/** Input columns of a csv spec. */
function columnsOf(data: JsonObject): readonly string[] | null {
  return listOf(data['inputs']);
}

function labelsOf(data: JsonObject): readonly string[] {
  const empty = Array.isArray(data['classes']) && data['classes'].length === 0;
  return empty ? [] : (labelsKey(data, 'classes') ?? []);
}

function refuse(key: string, expected: string, found: Json | undefined): never {
  throw new AppError('data.key', { path: `data.${key}`, expected, found: showValue(found) });
}

function categoriesOf(data: JsonObject): Record<string, readonly string[]> {
  const value = data['categories'] ?? {};
  if (!isObject(value)) return refuse('categories', 'a list of labels for each column', value);
  return Object.fromEntries(
    Object.entries(value).map(([column, labels]) => [
      column,
      listOf(labels) ?? refuse(`categories.${column}`, 'a list of labels', labels),
    ]),
  );
}

function numbersOf(data: JsonObject, key: string): Record<string, number> {
  const value = data[key] ?? {};
  if (!isObject(value)) return refuse(key, 'a number for each column', value);
  return Object.fromEntries(
    Object.entries(value).map(([column, number]) => [
      column,
      typeof number === 'number' ? number : refuse(`${key}.${column}`, 'a number', number),
    ]),
  );
}

function scaleFromJson(data: JsonObject, key: string): Standardization | null {
  const value = data[key];
  if (value === undefined || value === null) return null;
  if (!isObject(value)) return refuse(key, '{columns, mean, std}', value);
  const columns = textsKey(value, 'columns', { place: `data.${key}` });
  const numbers = (name: 'mean' | 'std'): readonly number[] => {
    const list = value[name];
    const fits =
      Array.isArray(list) &&
      list.length === columns.length &&
      list.every((x) => typeof x === 'number' && Number.isFinite(x));
    return fits ? (list as readonly number[]) : refuse(`${key}.${name}`, `${columns.length} finite numbers`, list);
  };
  return { columns, mean: numbers('mean'), std: numbers('std') };
}
