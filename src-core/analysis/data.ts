/** Checks the keys of the data part against what each kind takes: formats.md section 2. */
import { FEATURES } from '../datasets/features.ts';
import { dataKindOf, dataKinds } from '../datasets/kinds/registry.ts';
import { generatorOf, generators } from '../datasets/registry.ts';
import type { DataSpec, SplitSpec } from '../graph/model.ts';
import { checkFields, isObject, ownEntry, showValue } from '../lib/fields-check.ts';
import type { Fields } from '../lib/fields.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import type { Fix } from './define.ts';
import { factsOf, totalRows } from './facts.ts';
import { fieldFix, setDataFix } from './fixes.ts';
import { nearestName } from './names.ts';
import type { ProblemList } from './problems.ts';
import { MAX_ROWS } from './training-fields.ts';

/** Keys that are not numbers, flags or choices: lists and texts. */
interface KeyRule {
  readonly expected: string;
  readonly fits: (value: Json) => boolean;
  readonly required?: true;
}

interface KindRules {
  readonly fields: Fields;
  readonly keys: Readonly<Record<string, KeyRule>>;
}

const isText = (value: Json): boolean => typeof value === 'string' && value !== '';
const isListOf = (fits: (value: Json) => boolean) => (value: Json) => Array.isArray(value) && value.every(fits);
const isDelimiter = (value: Json): boolean => value === 'auto' || (typeof value === 'string' && value.length === 1);
const isLabel = (value: Json): boolean => typeof value === 'string' || typeof value === 'number';

const texts: KeyRule = { expected: 'a list of column names', fits: isListOf(isText) };
const labels: KeyRule = { expected: 'a list of class labels', fits: isListOf(isLabel) };
const rows: KeyRule = { expected: 'a list of rows', fits: Array.isArray, required: true };

const flag = (label: string, help: string, fallback: boolean) =>
  ({ kind: 'boolean', label, help, default: fallback }) as const;

const SEED: Fields = {
  seed: { kind: 'integer', label: 'Seed', help: 'Chooses rows.', min: 0, max: Number.MAX_SAFE_INTEGER, default: 1 },
};
const SAMPLING: Fields = {
  samples: { kind: 'integer', label: 'Samples', help: 'Number of rows.', min: 1, max: MAX_ROWS, default: 500 },
  noise: { kind: 'number', label: 'Noise', help: 'Spread of the points.', min: 0, default: 0 },
};
const TASK: Fields = {
  task: {
    kind: 'choice',
    label: 'Task',
    help: 'What is predicted.',
    options: ['regression', 'binary', 'multiclass'],
  },
};
const CSV: Fields = {
  ...TASK,
  header: flag('Header', 'The first line names the columns.', true),
  standardize: flag('Standardise', 'Shifts and scales inputs by the training rows.', false),
  standardize_target: flag('Standardise target', 'The same for targets; undone on output.', false),
  decimal: {
    kind: 'choice',
    label: 'Decimal mark',
    help: 'How numbers are written.',
    options: ['.', ','],
    default: '.',
  },
  missing: {
    kind: 'choice',
    label: 'Missing values',
    help: 'What is done about them.',
    options: ['error', 'drop', 'mean'],
    default: 'error',
  },
};

const KINDS: Readonly<Record<string, KindRules>> = {
  generator: { fields: SAMPLING, keys: {} },
  csv: {
    fields: CSV,
    keys: {
      path: { expected: 'the path of a file', fits: isText, required: true },
      inputs: { ...texts, required: true },
      target: { ...texts, required: true },
      classes: labels,
      delimiter: { expected: 'one character, or "auto"', fits: isDelimiter },
      categorical: texts,
    },
  },
  inline: { fields: TASK, keys: { inputs: rows, targets: rows, classes: labels, columns: texts } },
};

export function checkData(data: DataSpec, problems: ProblemList): void {
  if (dataKindOf(data.kind) === undefined) {
    const known = Object.keys(dataKinds);
    const near = nearestName(data.kind, known);
    const fix = near === undefined ? undefined : setDataFix(`Change the kind to ${near}`, { kind: near });
    problems.error('data.unknown_kind', { kind: data.kind, known: known.join(', ') }, { path: 'data.kind', fix });
    return;
  }
  const rules = ownEntry(KINDS, data.kind) ?? { fields: {}, keys: {} };
  checkDataFields({ ...rules.fields, ...SEED }, data, problems);
  for (const [key, rule] of Object.entries(rules.keys)) checkKey(data, key, rule, 'data', problems);
  if (data.kind === 'generator') checkGenerator(data, problems);
  checkSplit(data.validation, 'validation', problems);
  checkSplit(data.test, 'test', problems);
  checkRowsLeft(data, problems);
}

/** Where the number of rows is known without reading anything. */
function checkRowsLeft(data: DataSpec, problems: ProblemList): void {
  const { rowCount } = factsOf(data, undefined);
  if (rowCount === undefined || rowCount >= 1) return;
  const total = totalRows(data) ?? 0;
  const detail = { part: data.validation === undefined ? 'test' : 'validation', rows: total, held: total - rowCount };
  problems.error('data.split', detail, { path: `data.${detail.part}.fraction` });
}

function checkDataFields(fields: Fields, data: DataSpec, problems: ProblemList): void {
  problems.fields(checkFields(fields, data, 'data'), undefined, ({ path }) => {
    const key = path.slice('data.'.length);
    const set = (value: Json): Fix => setDataFix(`Set ${key} to ${String(value)}`, { [key]: value });
    return fieldFix({ fields, key, found: ownEntry(data, key), set });
  });
}

function checkKey(spec: JsonObject, key: string, rule: KeyRule, place: string, problems: ProblemList): void {
  const value = ownEntry(spec, key);
  if (value === undefined ? rule.required !== true : rule.fits(value)) return;
  const path = `${place}.${key}`;
  problems.error('data.key', { path, expected: rule.expected, found: showValue(value) }, { path });
}

function checkGenerator(data: DataSpec, problems: ProblemList): void {
  const name = ownEntry(data, 'name');
  const definition = typeof name === 'string' ? generatorOf(name) : undefined;
  if (definition === undefined) {
    const known = Object.keys(generators);
    const near = typeof name === 'string' ? nearestName(name, known) : undefined;
    const fix = near === undefined ? undefined : setDataFix(`Change the generator to ${near}`, { name: near });
    const detail = { where: 'data.name', expected: `one of ${known.join(', ')}`, found: showValue(name) };
    problems.error('field.unknown_name', detail, { path: 'data.name', fix });
  } else {
    checkDataFields(definition.fields, data, problems);
  }
  const known = Object.keys(FEATURES);
  const isFeature = (value: Json): boolean => typeof value === 'string' && known.includes(value);
  const fits = (value: Json): boolean =>
    Array.isArray(value) && value.length > 0 && value.every(isFeature) && new Set(value).size === value.length;
  checkKey(data, 'features', { expected: `names from ${known.join(', ')}, each once`, fits }, 'data', problems);
}

function checkSplit(split: SplitSpec | undefined, key: string, problems: ProblemList): void {
  if (!isObject(split)) return;
  const fields: Fields = {
    fraction: {
      kind: 'number',
      label: 'Fraction',
      help: 'Share of the rows held out.',
      min: 0,
      max: 1,
      exclusiveMax: true,
      default: null,
    },
    stratify: flag('Stratify', 'Holds out the same share of every class.', false),
  };
  problems.fields(checkFields(fields, split, `data.${key}`));
  checkKey(split, 'path', { expected: 'the path of a file', fits: isText }, `data.${key}`, problems);
}
