/** Keys that several kinds of data declare, and what can be read from them without reading a file. */
import { ownEntry } from '../../lib/fields-check.ts';
import type { Fields } from '../../lib/fields.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import type { Task } from '../define.ts';
import { choiceKey } from '../spec-keys.ts';
import type { KeyRule } from './define.ts';

/** Most rows a document may ask for. */
export const MAX_ROWS = 10_000_000;
export const DEFAULT_SAMPLES = 500;
export const TASKS: readonly Task[] = ['regression', 'binary', 'multiclass'];

export const SAMPLING: Fields = {
  samples: {
    kind: 'integer',
    label: 'Samples',
    help: 'Number of rows.',
    min: 1,
    max: MAX_ROWS,
    default: DEFAULT_SAMPLES,
  },
  noise: { kind: 'number', label: 'Noise', help: 'Spread of the points.', min: 0, default: 0 },
};
export const TASK: Fields = {
  task: { kind: 'choice', label: 'Task', help: 'What is predicted.', options: TASKS },
};

/** Of pictures: the classes are there, but not how a network tells two of them apart. */
const PICTURE_TASKS = ['multiclass', 'binary'] as const;
export const PICTURE_TASK: Fields = {
  task: {
    kind: 'choice',
    label: 'Task',
    help: 'Two classes are binary where the network has one output.',
    options: PICTURE_TASKS,
    default: null,
    absent: 'by the output',
  },
};

export const isText = (value: Json): boolean => typeof value === 'string' && value !== '';
const isListOf = (fits: (value: Json) => boolean) => (value: Json) => Array.isArray(value) && value.every(fits);
const isLabel = (value: Json): boolean => typeof value === 'string' || typeof value === 'number';

export const PATH: KeyRule = { expected: 'the path of a file', fits: isText, required: true };
export const COLUMNS: KeyRule = { expected: 'a list of column names', fits: isListOf(isText) };
export const LABELS: KeyRule = { expected: 'a list of class labels', fits: isListOf(isLabel) };
export const ROWS: KeyRule = { expected: 'a list of rows', fits: Array.isArray, required: true };

/** Null where the document leaves it open. Throws AppError 'data.key'. */
export function pictureTask(spec: JsonObject): (typeof PICTURE_TASKS)[number] | null {
  const isOpen = (ownEntry(spec, 'task') ?? null) === null;
  return isOpen ? null : choiceKey(spec, 'task', PICTURE_TASKS);
}

export function taskOf(spec: JsonObject): Task | undefined {
  return TASKS.find((task) => task === ownEntry(spec, 'task'));
}

/** The list of that key; undefined where it is none. */
export function listAt(spec: JsonObject, key: string): readonly Json[] | undefined {
  const value = ownEntry(spec, key);
  return isList(value) ? value : undefined;
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** A list of at least one text. */
export function textsAt(spec: JsonObject, key: string): readonly string[] | undefined {
  const list = listAt(spec, key);
  return list?.every((item) => typeof item === 'string') && list.length > 0 ? (list as readonly string[]) : undefined;
}

/** The number of samples asked for, where it is one. */
export function samplesOf(spec: JsonObject): number | undefined {
  const samples = ownEntry(spec, 'samples') ?? DEFAULT_SAMPLES;
  return typeof samples === 'number' && Number.isSafeInteger(samples) && samples >= 1 ? samples : undefined;
}
