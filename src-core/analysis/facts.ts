/** What a document alone tells about its data, before any file is read. */
import { generatorOf } from '../datasets/registry.ts';
import type { DataSpec } from '../graph/model.ts';
import { checkFields, isObject, ownEntry, resolveParams } from '../lib/fields-check.ts';
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
  if (given !== undefined) return { targetSize: 1, ...given };
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

/** Rows that are left to train on when parts are held out: formats.md section 2. */
export function trainingRows(total: number, data: DataSpec): number {
  const held = [data.validation, data.test].map((part) => {
    const fraction = part === undefined ? undefined : ownEntry(part, 'fraction');
    return typeof fraction === 'number' ? Math.floor(fraction * total + 0.5) : 0;
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
  const samples = ownEntry(data, 'samples') ?? DEFAULT_SAMPLES;
  const inputNames = features ?? made.inputNames;
  return {
    task: definition.task,
    inputSize: inputNames.length,
    inputNames,
    classes: made.classes,
    classCount: made.classes.length,
    targetSize: made.targetNames.length,
    rowCount: typeof samples === 'number' && samples >= 1 ? trainingRows(samples, data) : undefined,
  };
}

function inlineFacts(data: DataSpec): KnownFacts {
  const inputs = listAt(data, 'inputs');
  const targets = listAt(data, 'targets');
  const row = inputs?.[0];
  const target = targets?.[0];
  return {
    task: taskOf(data),
    inputSize: Array.isArray(row) ? row.length : undefined,
    targetSize: Array.isArray(target) ? target.length : undefined,
    rowCount: inputs === undefined ? undefined : trainingRows(inputs.length, data),
  };
}

function csvFacts(data: DataSpec): KnownFacts {
  const inputs = textsAt(data, 'inputs');
  const classes = textsAt(data, 'classes');
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
  return Array.isArray(value) && !isObject(value) ? value : undefined;
}

function textsAt(data: DataSpec, key: string): readonly string[] | undefined {
  const list = listAt(data, key);
  return list?.every((item) => typeof item === 'string') && list.length > 0 ? (list as readonly string[]) : undefined;
}
