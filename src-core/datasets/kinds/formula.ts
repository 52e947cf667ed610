/** Data kind `formula`: points drawn over ranges, with a value that a typed formula gives them. */
import { compileExpression } from '../../autodiff/evaluate.ts';
import { namesIn, parseExpression, type Expression } from '../../autodiff/parse.ts';
import { AppError } from '../../lib/errors.ts';
import { isObject, ownEntry, showValue } from '../../lib/fields-check.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { Random, streamKey } from '../../lib/random.ts';
import { headOf } from '../head.ts';
import { numberKey, textKey } from '../spec-keys.ts';
import type { DataKindDefinition, SpecFacts } from './define.ts';
import { DEFAULT_SAMPLES, isText, MAX_ROWS, SAMPLING, samplesOf } from './keys.ts';

export type Range = readonly [number, number];

/** Where a variable without a range of its own is drawn. */
export const DEFAULT_RANGE: Range = [-5, 5];
const CONSTANTS = { pi: Math.PI, e: Math.E } as const;
const VARIABLE = /^x([1-9]\d?)$/;
const EXPECTED_RANGES = 'one pair [least, most] for each of x1, x2, …, as a list or by name, with least < most';

/**
 * Keys expression (y = f(x1, x2, …); pi and e are known), ranges ([[least, most], …] for x1, x2, … or {"x1": [least,
 * most]}; default [−5, 5]), samples (500), noise (0), seed (1). x uniform in its range, row by row; y = f(x) plus
 * uniform ±noise, both from the stream (seed, 'data', 'formula'). There are as many inputs as the largest index in
 * the formula or the list of ranges says.
 */
export const formula: DataKindDefinition = {
  label: 'Formula',
  fields: () => SAMPLING,
  keys: {
    expression: { expected: 'a formula such as "sin(x1) * x2"', fits: isText, required: true },
    ranges: { expected: EXPECTED_RANGES, fits: (value) => readRanges(value) !== null },
  },
  facts: readFacts,
  load: async (spec, _readFile, turn) => {
    const { value, inputNames, ranges } = readFormula(spec);
    const width = inputNames.length;
    const count = numberKey(spec, 'samples', { min: 1, max: MAX_ROWS, whole: true }, { fallback: DEFAULT_SAMPLES });
    const noise = numberKey(spec, 'noise', { min: 0 }, { fallback: 0 });
    const seed = numberKey(spec, 'seed', { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }, { fallback: 1 });
    const random = new Random(streamKey(seed, 'data', 'formula'));
    const inputs = new Float64Array(count * width);
    const targets = new Float64Array(count);
    for (let row = 0; row < count; row++) {
      const point = inputs.subarray(row * width, (row + 1) * width);
      ranges.forEach(([least, most], at) => (point[at] = random.uniform(least, most)));
      targets[row] = value(point) + random.uniform(-noise, noise);
      if (!Number.isFinite(targets[row])) refuseValue(targets[row] ?? NaN, inputNames, point);
      if (row % TURN_ROWS === 0) await turn(row / count);
    }
    return {
      task: 'regression',
      inputNames,
      targetNames: ['y'],
      classes: [],
      categories: {},
      features: null,
      decimal: '.',
      header: true,
      count,
      inputs,
      targets,
      head: headOf({ inputs, targets, classes: [], width }),
    };
  },
};
const TURN_ROWS = 16_384;

interface Formula {
  readonly value: (row: ArrayLike<number>) => number;
  readonly inputNames: readonly string[];
  readonly ranges: readonly Range[];
}

/** Throws AppError 'expression.*', 'data.key'. */
function readFormula(spec: JsonObject): Formula {
  const expression = parseFormula(textKey(spec, 'expression'));
  const given = readRanges(ownEntry(spec, 'ranges') ?? []);
  if (given === null) refuse('ranges', EXPECTED_RANGES, showValue(spec['ranges']));
  const foreign = namesIn(expression).find((name) => !VARIABLE.test(name));
  if (foreign !== undefined) refuse('expression', 'x1, x2, … as its variables', foreign);
  const width = Math.max(1, given.length, ...namesIn(expression).map(indexOf));
  const inputNames = Array.from({ length: width }, (_, i) => `x${i + 1}`);
  const ranges = inputNames.map((_, i) => given[i] ?? DEFAULT_RANGE);
  return { value: compileExpression(expression, inputNames), inputNames, ranges };
}

/** Names of the inputs of a formula. Throws AppError 'expression.*', 'data.key'. */
export function formulaInputs(spec: JsonObject): readonly string[] {
  return readFormula(spec).inputNames;
}

/** The range of each input, in order. Throws as `formulaInputs`, but takes ranges that are none for absent. */
export function rangesFor(spec: JsonObject): readonly { readonly name: string; readonly range: Range }[] {
  const given = readRanges(ownEntry(spec, 'ranges') ?? []) ?? [];
  const names = formulaInputs({
    expression: spec['expression'],
    ranges: Array.from(given, (range) => range ?? DEFAULT_RANGE),
  });
  return names.map((name, i) => ({ name, range: given[i] ?? DEFAULT_RANGE }));
}

function indexOf(name: string): number {
  return Number(VARIABLE.exec(name)?.[1] ?? 0);
}

/** The formula without its 'y =', pi and e as numbers. Throws AppError 'expression.*'. */
function parseFormula(text: string): Expression {
  return withConstants(parseExpression(text.replace(/^\s*y\s*=/, '')));
}

function withConstants(expression: Expression): Expression {
  if (expression.kind === 'apply') return { ...expression, inputs: expression.inputs.map(withConstants) };
  const value = expression.kind === 'name' ? ownEntry<number>(CONSTANTS, expression.name) : undefined;
  return value === undefined ? expression : { kind: 'number', value };
}

/** Ranges of x1, x2, … in order, a gap where there is none; null for what is no list of ranges. */
function readRanges(value: Json): readonly (Range | undefined)[] | null {
  if (Array.isArray(value)) return value.every(isRange) ? value : null;
  if (!isObject(value)) return null;
  const ranges: (Range | undefined)[] = [];
  for (const [name, range] of Object.entries(value)) {
    const index = indexOf(name);
    if (index === 0 || range === undefined || !isRange(range)) return null;
    ranges[index - 1] = range;
  }
  return Array.from(ranges);
}

function isRange(value: unknown): value is Range {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [least, most] = value as readonly unknown[];
  return typeof least === 'number' && typeof most === 'number' && Number.isFinite(most - least) && least < most;
}

/** Drawn values are finite but the formula's are not everywhere. */
function refuseValue(found: number, names: readonly string[], point: Float64Array): never {
  const place = names.map((name, i) => `${name} = ${String(Number((point[i] ?? NaN).toPrecision(4)))}`).join(', ');
  refuse('expression', 'a finite value everywhere in data.ranges', `${found} at ${place}; choose other ranges`);
}

function refuse(key: string, expected: string, found: string): never {
  throw new AppError('data.key', { path: `data.${key}`, expected, found });
}

function readFacts(spec: JsonObject): SpecFacts {
  const facts = { task: 'regression', targetSize: 1, rows: samplesOf(spec) } as const;
  try {
    const { inputNames } = readFormula(spec);
    return { ...facts, inputNames, inputSize: inputNames.length };
  } catch (error) {
    if (error instanceof AppError) return facts; // loading says what is wrong with the formula
    throw error;
  }
}
