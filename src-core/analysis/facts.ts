/** What a document alone tells about its data, before any file is read. */
import { generatorOf } from '../datasets/registry.ts';
import type { DataSpec } from '../graph/model.ts';
import { checkFields, ownEntry, resolveParams } from '../lib/fields-check.ts';
import type { Json } from '../lib/json.ts';
import type { DataFacts } from './define.ts';

/** As DataFacts, each part only where it is known. */
export type KnownFacts = { readonly [K in keyof DataFacts]?: DataFacts[K] | undefined };

/** Rows drawn to learn a generator's columns and classes: enough for every class to come up. */
const PROBE_ROWS = 64;
const DEFAULT_SAMPLES = 500;
const TASKS = ['regression', 'binary', 'multiclass'] as const;

/** Facts that `given` does not have are worked out from the spec where they can be. */
export function factsOf(data: DataSpec, given: DataFacts | undefined): KnownFacts {
  return { ...specFacts(data), ...given };
}

function specFacts(data: DataSpec): KnownFacts {
  switch (data.kind) {
    case 'generator':
      return generatorFacts(data);
    case 'inline':
      return inlineFacts(data);
    case 'csv':
      return csvFacts(data);
    default:
      return {};
  }
}

/** Rows of all parts together, where the document tells. */
export function totalRows(data: DataSpec): number | undefined {
  if (data.kind === 'inline') return listAt(data, 'inputs')?.length;
  const samples = ownEntry(data, 'samples') ?? DEFAULT_SAMPLES;
  return data.kind === 'generator' && typeof samples === 'number' && samples >= 1 ? samples : undefined;
}

/** Rows that are left to train on when fractions are held out; undefined where that cannot be known. */
function trainingRows(data: DataSpec): number | undefined {
  const total = totalRows(data);
  if (total === undefined) return undefined;
  const held = [data.validation, data.test].map((part) => {
    const fraction = part === undefined ? undefined : ownEntry(part, 'fraction');
    return typeof fraction === 'number' && fraction >= 0 && fraction < 1 ? Math.floor(fraction * total + 0.5) : 0;
  });
  return held.reduce((left, rows) => left - rows, total);
}

function generatorFacts(data: DataSpec): KnownFacts {
  const name = ownEntry(data, 'name');
  const definition = typeof name === 'string' ? generatorOf(name) : undefined;
  if (definition === undefined || checkFields(definition.fields, data, 'data').length > 0) return {};
  const params = resolveParams(definition.fields, data);
  const made = definition.generate({ samples: PROBE_ROWS, noise: 0, seed: 1, params });
  const features = textsAt(data, 'features');
  const inputNames = features ?? made.inputNames;
  return {
    task: definition.task,
    inputSize: inputNames.length,
    inputNames,
    classes: made.classes,
    classCount: made.classes.length,
    targetSize: made.targetNames.length,
    rowCount: trainingRows(data),
  };
}

function inlineFacts(data: DataSpec): KnownFacts {
  const task = taskOf(data);
  const targets = listAt(data, 'targets')?.map((target) => (isList(target) ? target : [target]));
  const classes = listAt(data, 'classes')?.map(String) ?? [...new Set(targets?.map(([label]) => String(label)))];
  const row = listAt(data, 'inputs')?.[0];
  const isClasses = task !== undefined && task !== 'regression';
  return {
    task,
    inputSize: isList(row) ? row.length : row === undefined ? undefined : 1,
    targetSize: targets?.[0]?.length,
    ...(isClasses ? { classes, classCount: classes.length } : { targetRange: rangeOf(targets?.flat() ?? []) }),
    rowCount: trainingRows(data),
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

function csvFacts(data: DataSpec): KnownFacts {
  const inputs = textsAt(data, 'inputs');
  const classes = listAt(data, 'classes')?.map(String);
  const hasCategories = (listAt(data, 'categorical') ?? []).length > 0;
  return {
    task: taskOf(data),
    inputSize: hasCategories ? undefined : inputs?.length,
    targetSize: textsAt(data, 'target')?.length,
    classes,
    classCount: classes?.length,
  };
}

function taskOf(data: DataSpec): DataFacts['task'] | undefined {
  return TASKS.find((task) => task === ownEntry(data, 'task'));
}

function listAt(data: DataSpec, key: string): readonly Json[] | undefined {
  const value = ownEntry(data, key);
  return isList(value) ? value : undefined;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function textsAt(data: DataSpec, key: string): readonly string[] | undefined {
  const list = listAt(data, key);
  return list?.every((item) => typeof item === 'string') && list.length > 0 ? (list as readonly string[]) : undefined;
}
