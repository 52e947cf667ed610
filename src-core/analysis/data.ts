/** Checks the keys of the data part against what each kind takes: formats.md section 2. */
import type { DataKindDefinition, KeyRule } from '../datasets/kinds/define.ts';
import { isText, PATH } from '../datasets/kinds/keys.ts';
import { dataKindOf, dataKinds } from '../datasets/kinds/registry.ts';
import type { DataSpec, SplitSpec } from '../graph/model.ts';
import { checkFields, isObject, ownEntry, showValue } from '../lib/fields-check.ts';
import type { Fields } from '../lib/fields.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import type { Fix } from './define.ts';
import { factsOf, totalRows } from './facts.ts';
import { fieldFix, setDataFix } from './fixes.ts';
import { nearestName } from './names.ts';
import type { ProblemList } from './problems.ts';

const flag = (label: string, help: string, fallback: boolean) =>
  ({ kind: 'boolean', label, help, default: fallback }) as const;

const SEED: Fields = {
  seed: { kind: 'integer', label: 'Seed', help: 'Chooses rows.', min: 0, max: Number.MAX_SAFE_INTEGER, default: 1 },
};
export function checkData(data: DataSpec, problems: ProblemList): void {
  const kind = dataKindOf(data.kind);
  if (kind === undefined) {
    const known = Object.keys(dataKinds);
    const near = nearestName(data.kind, known);
    const fix = near === undefined ? undefined : setDataFix(`Change the kind to ${near}`, { kind: near });
    problems.error('data.unknown_kind', { kind: data.kind, known: known.join(', ') }, { path: 'data.kind', fix });
    return;
  }
  checkName(kind, data, problems);
  checkDataFields({ ...kind.fields(data), ...SEED }, data, problems);
  for (const [key, rule] of Object.entries(kind.keys)) checkKey(data, key, rule, 'data', problems);
  checkSplit(data.validation, 'validation', kind, problems);
  checkSplit(data.test, 'test', kind, problems);
  checkRowsLeft(data, problems);
}

/** Where the number of rows is known without reading anything. */
function checkRowsLeft(data: DataSpec, problems: ProblemList): void {
  const { rowCount } = factsOf(data, undefined);
  if (rowCount === undefined || rowCount >= 1) return;
  const total = totalRows(data) ?? 0;
  if (total === 0) return problems.error('data.no_rows', { file: 'data.inputs' }, { path: 'data.inputs' });
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

function checkName({ names: known, label }: DataKindDefinition, data: DataSpec, problems: ProblemList): void {
  const name = ownEntry(data, 'name');
  if (known === undefined || (typeof name === 'string' && known.includes(name))) return;
  const near = typeof name === 'string' ? nearestName(name, known) : undefined;
  const fix =
    near === undefined ? undefined : setDataFix(`Change the ${label.toLowerCase()} to ${near}`, { name: near });
  const detail = { where: 'data.name', expected: `one of ${known.join(', ')}`, found: showValue(name) };
  problems.error('field.unknown_name', detail, { path: 'data.name', fix });
}

function checkSplit(
  split: SplitSpec | undefined,
  key: string,
  { partKeys = [] }: DataKindDefinition,
  problems: ProblemList,
): void {
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
  for (const name of ['path', ...partKeys]) {
    checkKey(split, name, { expected: PATH.expected, fits: isText }, `data.${key}`, problems);
  }
}
