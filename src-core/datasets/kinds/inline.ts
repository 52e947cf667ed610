/** Data kind `inline`: rows written in the document itself. */
import { AppError } from '../../lib/errors.ts';
import { ownEntry, showValue } from '../../lib/fields-check.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import type { RawData } from '../define.ts';
import { HEAD_ROWS } from '../head.ts';
import { labelIndexer, orderLabels, showLabels } from '../labels.ts';
import { choiceKey, labelsKey, textsKey } from '../spec-keys.ts';
import type { DataKindDefinition, SpecFacts } from './define.ts';
import { COLUMNS, isList, LABELS, listAt, ROWS, TASK, taskOf, TASKS } from './keys.ts';

/**
 * Keys inputs [[number, …], …], targets [[value, …], …] (a bare value stands for [value]), task, classes, columns.
 * `columns` names the inputs, and the targets too where it is long enough; else they are x1, x2, … and y (y1, y2, …) or label.
 */
export const inline: DataKindDefinition = {
  label: 'Rows in the document',
  fields: () => TASK,
  keys: { inputs: ROWS, targets: ROWS, classes: LABELS, columns: COLUMNS },
  facts: readFacts,
  load: async (spec) => {
    const task = choiceKey(spec, 'task', TASKS);
    const inputRows = readRows(spec, 'inputs');
    const targetRows = readRows(spec, 'targets');
    if (targetRows.length !== inputRows.length) {
      refuse('targets', `${inputRows.length} rows, one for each of data.inputs`, String(targetRows.length));
    }
    const inputs = readNumbers(inputRows, 'inputs');
    const targetWidth = targetRows[0]?.length ?? 0;
    if (task !== 'regression' && targetWidth !== 1) refuse('targets', 'one class a row', showValue(targetRows[0]));
    const classes = task === 'regression' ? [] : (labelsKey(spec, 'classes') ?? orderLabels(targetRows.map(labelOf)));
    const targets = task === 'regression' ? readNumbers(targetRows, 'targets') : readClasses(targetRows, classes);
    const head = inputRows
      .slice(0, HEAD_ROWS)
      .map((row, i) => [...row, ...(targetRows[i] ?? [])].map((value) => String(value)));
    const names = readNames(spec, { inputs: inputRows[0]?.length ?? 0, targets: targetWidth, task });
    return { task, ...names, ...NO_EXTRAS, classes, count: inputRows.length, inputs, targets, head };
  },
};

function readFacts(spec: JsonObject): SpecFacts {
  const task = taskOf(spec);
  const targets = listAt(spec, 'targets')?.map((target) => (isList(target) ? target : [target]));
  const classes = listAt(spec, 'classes')?.map(String) ?? [...new Set(targets?.map(([label]) => String(label)))];
  const rows = listAt(spec, 'inputs');
  const row = rows?.[0];
  const isClasses = task !== undefined && task !== 'regression';
  return {
    task,
    inputSize: isList(row) ? row.length : row === undefined ? undefined : 1,
    targetSize: targets?.[0]?.length,
    ...(isClasses ? { classes } : { targetRange: rangeOf(targets?.flat() ?? []) }),
    rows: rows?.length,
  };
}

/** Undefined where there is no number, or something else among them. */
function rangeOf(values: readonly Json[]): readonly [number, number] | undefined {
  let range: [number, number] | undefined;
  for (const value of values) {
    if (typeof value !== 'number') return undefined;
    range = range === undefined ? [value, value] : [Math.min(range[0], value), Math.max(range[1], value)];
  }
  return range;
}

const NO_EXTRAS = { categories: {}, features: null, decimal: '.', header: true } as const;

function refuse(key: string, expected: string, found: string): never {
  throw new AppError('data.key', { path: `data.${key}`, expected, found });
}

function readRows(spec: JsonObject, key: string): readonly (readonly Json[])[] {
  const value = ownEntry(spec, key);
  if (!Array.isArray(value)) return refuse(key, 'a list of rows', showValue(value));
  if (value.length === 0) throw new AppError('data.no_rows', { file: `data.${key}` });
  const rows = value.map((row: Json) => (Array.isArray(row) ? (row as readonly Json[]) : [row]));
  const width = rows[0]?.length ?? 0;
  if (width === 0) refuse(`${key}[0]`, 'at least one value', '[]');
  const ragged = rows.findIndex((row) => row.length !== width);
  if (ragged >= 0) refuse(`${key}[${ragged}]`, `${width} values, as in the first row`, String(rows[ragged]?.length));
  return rows;
}

function readNumbers(rows: readonly (readonly Json[])[], key: string): Float64Array {
  return Float64Array.from(
    rows.flatMap((row, r) =>
      row.map((value, c) => {
        if (typeof value === 'number' && Number.isFinite(value)) return value;
        return refuse(`${key}[${r}][${c}]`, 'a finite number', showValue(value));
      }),
    ),
  );
}

function labelOf(row: readonly Json[], index: number): string {
  const [value] = row;
  if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) return String(value);
  return refuse(`targets[${index}]`, 'a class label', showValue(value));
}

function readClasses(rows: readonly (readonly Json[])[], classes: readonly string[]): Float64Array {
  const indexOf = labelIndexer(classes);
  return Float64Array.from(rows, (row, i) => {
    const index = indexOf(labelOf(row, i));
    return index >= 0 ? index : refuse(`targets[${i}]`, `one of ${showLabels(classes)}`, showValue(row[0]));
  });
}

interface Widths {
  readonly inputs: number;
  readonly targets: number;
  readonly task: RawData['task'];
}

function readNames(spec: JsonObject, { inputs, targets, task }: Widths): Pick<RawData, 'inputNames' | 'targetNames'> {
  const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
  const given = textsKey(spec, 'columns', { fallback: numbered('x', inputs) });
  if (given.length !== inputs && given.length !== inputs + targets) {
    refuse('columns', `${inputs} names of inputs, or ${inputs + targets} with those of the targets`, showValue(given));
  }
  const targetNames = task === 'regression' ? (targets === 1 ? ['y'] : numbered('y', targets)) : ['label'];
  return {
    inputNames: given.slice(0, inputs),
    targetNames: given.length > inputs ? given.slice(inputs) : targetNames,
  };
}
