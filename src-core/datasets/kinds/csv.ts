/** Data kind `csv`: a delimited file with named columns for inputs and target. */
import { AppError } from '../../lib/errors.ts';
import type { Fields } from '../../lib/fields.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { readCells, readLabels, readNumbers, setColumn } from '../csv/columns.ts';
import { CHARSETS, type Charset } from '../csv/decode-text.ts';
import { columnIndex, placeOf, readTableInTurns, type CsvTable } from '../csv/table.ts';
import type { RawData, Task, Turn } from '../define.ts';
import { HEAD_ROWS } from '../head.ts';
import { orderLabels } from '../labels.ts';
import { choiceKey, flagKey, labelsKey, textKey, textsKey } from '../spec-keys.ts';
import type { DataKindDefinition, SpecFacts } from './define.ts';
import { COLUMNS, LABELS, listAt, PATH, TASK, taskOf, TASKS, textsAt } from './keys.ts';

const flag = (label: string, help: string) => ({ kind: 'boolean', label, help, default: false }) as const;

const FIELDS: Fields = {
  ...TASK,
  header: { ...flag('Header', 'The first line names the columns.'), default: true },
  standardize: flag('Standardise', 'Shifts and scales inputs by the training rows.'),
  standardize_target: flag('Standardise target', 'The same for targets; undone on output.'),
  decimal: {
    kind: 'choice',
    label: 'Decimal mark',
    help: 'How numbers are written.',
    options: ['.', ','],
    default: '.',
  },
  encoding: {
    kind: 'choice',
    label: 'Encoding',
    help: 'How bytes are read that are not UTF-8.',
    options: CHARSETS,
    default: 'utf-8',
  },
  missing: {
    kind: 'choice',
    label: 'Missing values',
    help: 'What is done about them.',
    options: ['error', 'drop', 'mean'],
    default: 'error',
  },
};

const isDelimiter = (value: Json): boolean => value === 'auto' || (typeof value === 'string' && value.length === 1);

/** Keys path, inputs, target, task, classes, delimiter, decimal, header, categorical, missing: formats.md section 2; and encoding, missing_values. */
export const csv: DataKindDefinition = {
  label: 'CSV file',
  fields: () => FIELDS,
  keys: {
    path: PATH,
    inputs: { ...COLUMNS, required: true },
    target: { ...COLUMNS, required: true },
    classes: LABELS,
    delimiter: { expected: 'one character, or "auto"', fits: isDelimiter },
    categorical: COLUMNS,
    missing_values: LABELS,
  },
  facts: readFacts,
  load: async (spec, readFile, turn) => {
    const settings = readSettings(spec);
    const bytes = await readFile(settings.path);
    const options = { ...settings, file: settings.path };
    const whole = await readTableInTurns(bytes, options, (share) => turn(share * READING));
    const table = settings.missing === 'drop' ? dropIncomplete(whole, [...settings.inputs, ...settings.target]) : whole;
    return readRaw(table, settings, turn);
  },
};
/** Share of the work that reading the text is; the rest is making columns of it. */
const READING = 0.5;

function readFacts(spec: JsonObject): SpecFacts {
  const hasCategories = (listAt(spec, 'categorical') ?? []).length > 0;
  return {
    task: taskOf(spec),
    inputSize: hasCategories ? undefined : textsAt(spec, 'inputs')?.length,
    targetSize: textsAt(spec, 'target')?.length,
    classes: listAt(spec, 'classes')?.map(String),
  };
}

interface Settings {
  readonly path: string;
  readonly inputs: readonly string[];
  readonly target: readonly string[];
  readonly task: Task;
  readonly classes: readonly string[] | null;
  readonly delimiter: string | undefined;
  readonly decimal: '.' | ',';
  readonly header: boolean;
  readonly charset: Charset;
  readonly missingValues: readonly string[];
  readonly categorical: readonly string[];
  readonly missing: 'error' | 'drop' | 'mean';
}

function readSettings(spec: JsonObject): Settings {
  const inputs = textsKey(spec, 'inputs');
  const target = textsKey(spec, 'target');
  const task = choiceKey(spec, 'task', TASKS);
  const categorical = textsKey(spec, 'categorical', { fallback: [] });
  const given = spec['delimiter'];
  const delimiter = given === undefined || given === 'auto' ? undefined : textKey(spec, 'delimiter');
  if (delimiter !== undefined && delimiter.length !== 1) refuse('delimiter', 'one character or "auto"', delimiter);
  if (inputs.length === 0) refuse('inputs', 'at least one column', inputs);
  if (task === 'regression' ? target.length === 0 : target.length !== 1) {
    refuse('target', task === 'regression' ? 'at least one column' : `exactly one column for a ${task} task`, target);
  }
  const all = [...inputs, ...target];
  const twice = all.find((name, i) => all.indexOf(name) !== i);
  if (twice !== undefined) refuse('inputs', 'every column once among inputs and target', twice);
  const foreign = categorical.find((name) => !inputs.includes(name));
  if (foreign !== undefined) refuse('categorical', `columns of data.inputs (${inputs.join(', ')})`, foreign);
  return {
    path: textKey(spec, 'path'),
    inputs,
    target,
    task,
    classes: labelsKey(spec, 'classes'),
    delimiter,
    decimal: choiceKey(spec, 'decimal', ['.', ','], { fallback: '.' }),
    header: flagKey(spec, 'header', true),
    charset: choiceKey(spec, 'encoding', CHARSETS, { fallback: 'utf-8' }),
    missingValues: textsKey(spec, 'missing_values', { fallback: [] }),
    categorical,
    missing: choiceKey(spec, 'missing', ['error', 'drop', 'mean'], { fallback: 'error' }),
  };
}

function refuse(key: string, expected: string, found: unknown): never {
  throw new AppError('data.key', { path: `data.${key}`, expected, found: JSON.stringify(found) });
}

/** Without the rows that lack one of `columns`; the rows that stay keep their lines for messages. */
function dropIncomplete(table: CsvTable, columns: readonly string[]): CsvTable {
  const indices = columns.map((column) => columnIndex(table, column));
  const records = table.records.filter(({ fields }) => indices.every((index) => fields[index]?.trim() !== ''));
  if (records.length === 0) throw new AppError('data.no_rows', { file: `${table.file} without its incomplete rows` });
  return { ...table, records };
}

async function readRaw(table: CsvTable, settings: Settings, turn: Turn): Promise<RawData> {
  const {
    inputs: inputNames,
    target: targetNames,
    task,
    categorical,
    decimal,
    header,
    charset,
    missingValues,
  } = settings;
  const count = table.records.length;
  const categories: Record<string, readonly string[]> = {};
  const inputs = new Float64Array(count * inputNames.length);
  for (const [at, name] of inputNames.entries()) {
    const allowMissing = settings.missing === 'mean' && !categorical.includes(name);
    if (categorical.includes(name)) categories[name] = orderLabels(presentCells(table, name));
    const labels = categories[name];
    const column = labels ? readLabels(table, name, labels, false) : readNumbers(table, name, allowMissing);
    setColumn(inputs, inputNames.length, at, column);
    await turn(READING + (1 - READING) * ((at + 1) / inputNames.length));
  }
  const classes =
    task === 'regression' ? [] : (settings.classes ?? orderLabels(presentCells(table, targetNames[0] ?? '')));
  const targets = new Float64Array(count * targetNames.length);
  targetNames.forEach((name, at) => {
    const column = task === 'regression' ? readNumbers(table, name, false) : readLabels(table, name, classes, false);
    setColumn(targets, targetNames.length, at, column);
  });
  const shown = [...inputNames, ...targetNames].map((name) => columnIndex(table, name));
  const head = table.records.slice(0, HEAD_ROWS).map(({ fields }) => shown.map((index) => fields[index] ?? ''));
  return {
    task,
    inputNames,
    targetNames,
    classes,
    categories,
    features: null,
    decimal,
    header,
    charset,
    missingValues,
    count,
    inputs,
    targets,
    head,
  };
}

/** Cells of a column of labels. Throws AppError 'data.missing_value' for an empty one. */
function presentCells(table: CsvTable, column: string): string[] {
  const cells = readCells(table, column);
  const empty = cells.indexOf('');
  if (empty >= 0) throw new AppError('data.missing_value', { where: placeOf(table, empty, column) });
  return cells;
}
