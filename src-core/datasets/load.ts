/** The data part of a document, loaded: read, split, scaled and encoded, ready for the engine. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { AppError } from '../lib/errors.ts';
import { isObject, showValue } from '../lib/fields-check.ts';
import type { JsonObject } from '../lib/json.ts';
import type { DataEncoding, DataPart, LoadedData, RawData, ReadFile, Standardization, Task, Turn } from './define.ts';
import { deriveInputs, encodeTargets, fedNames, numericFedNames, targetSizeOf } from './encode.ts';
import { dataKindOf, dataKinds } from './kinds/registry.ts';
import type { DataKindDefinition } from './kinds/define.ts';
import { encodeRaw, rowsForEvaluation } from './new-rows.ts';
import { flagKey, numberKey, textKey } from './spec-keys.ts';
import { splitRows } from './split.ts';
import { learnStandardization, standardize } from './standardize.ts';

/**
 * Everything the trainer, the data panel and the plots need to know about `spec`.
 * @param readFile gives the bytes of the files that `spec` names
 * @param options.turn called between pieces of the reading
 * @param options.outputs tells how many values the network answers a row with, if it is asked: where the document leaves it
 * open, two classes are told apart by one output (binary) or by two (multiclass, also where nothing is known)
 * Throws AppError 'data.*'.
 */
export async function loadData(
  spec: JsonObject,
  readFile: ReadFile,
  { turn = () => {}, outputs }: LoadOptions = {},
): Promise<LoadedData> {
  const kind = dataKindOf(String(spec['kind']));
  if (kind === undefined) {
    throw new AppError('data.unknown_kind', { kind: String(spec['kind']), known: Object.keys(dataKinds).join(', ') });
  }
  const raw = withTask(await kind.load(spec, readFile, turn), { kind, spec, outputs });
  checkClasses(raw);
  const partKeys = kind.partKeys ?? [];
  const plan = (key: 'validation' | 'test') => planPart(spec, { key, task: raw.task, partKeys });
  const plans = { validation: plan('validation'), test: plan('test') };
  const split = splitRows({
    count: raw.count,
    seed: numberKey(spec, 'seed', { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }, { fallback: 1 }),
    validation: plans.validation.fraction,
    test: plans.test.fraction,
    classOf: raw.task !== 'regression' && plans.validation.stratify && plans.test.stratify ? raw.targets : null,
  });
  const fill = fillMissing(raw, split.training);
  const { encoding, inputs, targets } = learnEncoding(spec, raw, { training: split.training, fill });
  const fileContext = { kind, spec, encoding, readFile };
  const size = { inputs: fedNames(encoding).length, targets: targetSizeOf(encoding) };
  const take = (indices: Uint32Array<ArrayBuffer>) => takeRows({ inputs, targets, indices, size });
  const training = take(split.training);
  const validation = await finishPart(plans.validation, take(split.validation), fileContext);
  const test = await finishPart(plans.test, take(split.test), fileContext);
  let hash: string | null = null; // made when asked for: a look at the data does not need it
  return {
    task: raw.task,
    inputNames: raw.inputNames,
    targetNames: raw.targetNames,
    classes: raw.classes,
    fedNames: fedNames(encoding),
    encoding,
    inputSize: size.inputs,
    targetSize: size.targets,
    training,
    validation,
    test,
    standardization: encoding.standardization,
    targetStandardization: encoding.targetStandardization,
    ...describeInputs(raw, split.training),
    rawInputs: raw.inputs,
    rawTargets: raw.targets,
    head: raw.head,
    get sha256() {
      return (hash ??= hashParts([training, validation, test]));
    },
  };
}

export interface LoadOptions {
  readonly turn?: Turn;
  readonly outputs?: (() => number | undefined) | undefined;
}

function withTask(
  raw: RawData,
  { kind, spec, outputs }: { kind: DataKindDefinition; spec: JsonObject; outputs: LoadOptions['outputs'] },
): RawData {
  const isOpen = kind.leavesTaskOpen === true && (spec['task'] ?? null) === null;
  return isOpen && raw.classes.length === 2 && outputs?.() === 1 ? { ...raw, task: 'binary' } : raw;
}

function checkClasses({ task, classes }: RawData): void {
  const found = `${classes.length} (${classes.slice(0, SHOWN_CLASSES).join(', ')})`;
  if (task === 'binary' && classes.length !== 2) {
    throw new AppError('data.class_count', { task, expected: 'exactly two classes', found });
  }
  if (task === 'multiclass' && classes.length < 2) {
    throw new AppError('data.class_count', { task, expected: 'at least two classes', found });
  }
}
const SHOWN_CLASSES = 5;

/** What the document says about one held-out part. */
interface PartPlan {
  /** 0 where the rows come from a file. */
  readonly fraction: number;
  readonly stratify: boolean;
  /** The part's own keys, where they name a file. */
  readonly files: JsonObject | null;
  readonly place: string;
}

interface PlanOptions {
  readonly key: 'validation' | 'test';
  readonly task: Task;
  /** Keys beside `path` that name files. */
  readonly partKeys: readonly string[];
}

function planPart(spec: JsonObject, { key, task, partKeys }: PlanOptions): PartPlan {
  const value = spec[key];
  const place = `data.${key}`;
  if (value === undefined || value === null) return { fraction: 0, stratify: true, files: null, place };
  if (!isObject(value)) {
    const expected = '{"fraction": …} or {"path": …}';
    throw new AppError('data.key', { path: `data.${key}`, expected, found: showValue(value) });
  }
  const stratify = flagKey(value, 'stratify', task !== 'regression', place);
  if (['path', ...partKeys].some((name) => value[name] !== undefined)) {
    return { fraction: 0, stratify, files: value, place };
  }
  const fraction = numberKey(value, 'fraction', { min: 0, max: 1, belowMax: true }, { place });
  return { fraction, stratify, files: null, place };
}

function delimiterOf(spec: JsonObject): string | undefined {
  const value = spec['delimiter'];
  return typeof value === 'string' && value.length === 1 ? value : undefined;
}

/** Puts the training mean in place of every missing number, and says which columns had one. */
function fillMissing({ inputs, inputNames }: RawData, training: Uint32Array): Record<string, number> {
  const width = inputNames.length;
  const fill: Record<string, number> = {};
  const holesOf = new Map<number, number[]>();
  for (let i = 0; i < inputs.length; i++) {
    if (!Number.isNaN(inputs[i])) continue;
    const holes = holesOf.get(i % width);
    if (holes === undefined) holesOf.set(i % width, [i]);
    else holes.push(i);
  }
  inputNames.forEach((name, at) => {
    const holes = holesOf.get(at);
    if (holes === undefined) return;
    const known = Array.from(training, (row) => inputs[row * width + at] as number).filter((x) => !Number.isNaN(x));
    if (known.length === 0) {
      throw new AppError('data.missing_value', { where: `every training row, column ${JSON.stringify(name)}` });
    }
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    for (const i of holes) inputs[i] = mean;
    fill[name] = mean;
  });
  return fill;
}

interface Learnt {
  readonly encoding: DataEncoding;
  /** All rows, as fed. */
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

function learnEncoding(
  spec: JsonObject,
  raw: RawData,
  { training, fill }: { training: Uint32Array; fill: Record<string, number> },
): Learnt {
  const choice = { columns: raw.inputNames, categories: raw.categories, features: raw.features };
  const names = fedNames(choice);
  const isScaled = flagKey(spec, 'standardize', false);
  const { scale = 1 } = raw;
  const inputs = deriveInputs({ ...choice, scale }, raw.inputs, isScaled);
  let standardization: Standardization | null = null;
  if (isScaled) {
    const columns = numericFedNames(choice);
    standardization = learnStandardization({ matrix: inputs, width: names.length, rows: training, names, columns });
    standardize(inputs, names, standardization);
  }
  let targetStandardization: Standardization | null = null;
  if (flagKey(spec, 'standardize_target', false)) {
    if (raw.task !== 'regression') {
      const expected = 'false: only the targets of a regression can be standardised';
      throw new AppError('data.key', { path: 'data.standardize_target', expected, found: 'true' });
    }
    const options = { names: raw.targetNames, columns: raw.targetNames, width: raw.targetNames.length };
    targetStandardization = learnStandardization({ matrix: raw.targets, rows: training, ...options });
  }
  const encoding: DataEncoding = {
    ...choice,
    task: raw.task,
    targetColumns: raw.targetNames,
    classes: raw.classes,
    fill,
    scale,
    standardization,
    targetStandardization,
    decimal: raw.decimal,
    header: raw.header,
    ...readingOf(raw),
  };
  return { encoding, inputs, targets: encodeTargets(encoding, raw.targets) };
}

/** Only what differs from UTF-8 without marks: encodings are compared and saved. */
function readingOf({
  charset = 'utf-8',
  missingValues = [],
}: RawData): Pick<DataEncoding, 'charset' | 'missingValues'> {
  return { ...(charset !== 'utf-8' && { charset }), ...(missingValues.length > 0 && { missingValues }) };
}

interface TakeOptions {
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
  readonly indices: Uint32Array<ArrayBuffer>;
  readonly size: { readonly inputs: number; readonly targets: number };
}

function takeRows({ inputs, targets, indices, size }: TakeOptions): DataPart {
  const pick = (matrix: Float64Array, width: number) => {
    if (indices.length * width === matrix.length) return matrix; // all rows, in file order: no copy
    const picked = new Float64Array(indices.length * width);
    indices.forEach((row, i) => picked.set(matrix.subarray(row * width, (row + 1) * width), i * width));
    return picked;
  };
  return { count: indices.length, inputs: pick(inputs, size.inputs), targets: pick(targets, size.targets), indices };
}

interface FileContext {
  readonly kind: DataKindDefinition;
  readonly spec: JsonObject;
  readonly encoding: DataEncoding;
  readonly readFile: ReadFile;
}

/** The part itself; null when it is empty; the rows of its own file where it names one (they have no row numbers here). */
async function finishPart(plan: PartPlan, part: DataPart, context: FileContext): Promise<DataPart | null> {
  if (plan.files === null) return part.count === 0 ? null : part;
  const { kind, spec, encoding, readFile } = context;
  const indices = new Uint32Array(0);
  const isTable = plan.files['path'] !== undefined && kind.partKeys?.includes('path') !== true;
  if (kind.loadPart === undefined || isTable) {
    const file = textKey(plan.files, 'path', { place: plan.place });
    const options = { file, delimiter: delimiterOf(spec) };
    const { count, inputs, targets } = rowsForEvaluation(await readFile(file), encoding, options);
    return { count, inputs, targets, indices };
  }
  const raw = await kind.loadPart(spec, plan.files, { readFile, place: plan.place });
  return { ...encodeRaw(raw, encoding, plan.place), indices };
}

/** Row by row, as they lie in memory: column by column takes many times as long where rows are pictures. */
function describeInputs(raw: RawData, training: Uint32Array): Pick<LoadedData, 'inputRanges' | 'inputMeans'> {
  const { inputs, count } = raw;
  const width = raw.inputNames.length;
  const lows = new Float64Array(width).fill(Infinity);
  const highs = new Float64Array(width).fill(-Infinity);
  for (let row = 0, i = 0; row < count; row++) {
    for (let at = 0; at < width; at++, i++) {
      const value = inputs[i] as number;
      if (value < (lows[at] as number)) lows[at] = value;
      if (value > (highs[at] as number)) highs[at] = value;
    }
  }
  const sums = new Float64Array(width);
  for (const row of training) {
    for (let at = 0, i = row * width; at < width; at++, i++) sums[at] = (sums[at] as number) + (inputs[i] as number);
  }
  const inputRanges = Array.from(lows, (low, at): [number, number] => [low, highs[at] as number]);
  return { inputRanges, inputMeans: Array.from(sums, (sum) => sum / training.length) };
}

/** SHA-256 over the rows as fed, part by part: counts, inputs, targets, as little-endian float64. */
function hashParts(parts: readonly (DataPart | null)[]): string {
  const hash = sha256.create();
  for (const part of parts) {
    hash.update(new Uint8Array(Float64Array.of(part?.count ?? 0).buffer));
    if (part === null) continue;
    for (const matrix of [part.inputs, part.targets]) {
      hash.update(new Uint8Array(matrix.buffer, matrix.byteOffset, matrix.byteLength));
    }
  }
  return bytesToHex(hash.digest());
}
