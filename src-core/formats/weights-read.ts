/** Reads weights files (formats.md section 3) and verifies their hashes; every limit is checked before it is used. */
import type { Graph } from '../graph/model.ts';
import { AppError } from '../lib/errors.ts';
import { isObject, ownEntry, showValue } from '../lib/fields-check.ts';
import { readJson } from '../lib/json-read.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import { formatShape, sizeOf, type Shape } from '../tensor/shape.ts';
import type { TestVectors, WeightsTensor } from './define.ts';
import { StructureCheck } from './project-structure.ts';
import { tensorHash, tensorsHash } from './tensor-hash.ts';
import { WEIGHTS_FORMAT, WEIGHTS_VERSION } from './weights-write.ts';

const WHAT = 'weights file';
const MAX_BYTES = 2 ** 29 - 24; // V8's longest string
const MAX_DEPTH = 64;
const MAX_STRING = 10_000;
const MAX_TENSORS = 10_000;
const MAX_AXES = 16;
const MAX_PARAMETERS = 250_000_000;
const MAX_KEY = 300;
const KEY_PATTERN = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)+$/;
const SPELLED: readonly Json[] = ['NaN', 'Infinity', '-Infinity'];

/** What stood in the file; a file with tensors alone (initial weights) has nothing else. */
export interface ReadWeights {
  readonly tensors: ReadonlyMap<string, WeightsTensor>;
  readonly model: {
    readonly graph: Graph;
    readonly data: JsonObject;
    readonly training: JsonObject;
    readonly vectors: TestVectors;
  } | null;
}

/**
 * Tensors and, where it has them, graph, data, training and test vectors of a weights file. Hashes are verified where they
 * stand; in a file with a graph they must stand. The vectors are for the caller to verify: that takes an engine.
 * Throws AppError 'file.*', 'json.*', 'weights.format', 'weights.newer', 'weights.hash', 'weights.file_hash'.
 */
export function readWeights(file: string | Uint8Array): ReadWeights {
  const value = readJson(file, { what: WHAT, maxBytes: MAX_BYTES, maxDepth: MAX_DEPTH, maxString: MAX_STRING });
  if (!isObject(value)) refuse('top level', 'an object', value);
  checkVersion(value);
  const hasGraph = value['graph'] !== undefined;
  const tensors = readTensors(value['tensors'], hasGraph);
  checkHash(value['sha256'], tensors, hasGraph);
  if (!hasGraph) return { tensors, model: null };
  const { graph, data, training } = readDocumentParts(value);
  return { tensors, model: { graph, data, training, vectors: readVectors(value['vectors']) } };
}

function refuse(place: string, expected: string, found: Json | undefined): never {
  throw new AppError('weights.format', { place, expected, found: showValue(found) });
}

function checkVersion({ format, version }: JsonObject): void {
  if (format !== WEIGHTS_FORMAT) refuse('format', `"${WEIGHTS_FORMAT}"`, format);
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) {
    refuse('version', 'a whole number of at least 1', version);
  }
  if (version > WEIGHTS_VERSION) throw new AppError('weights.newer', { version, known: WEIGHTS_VERSION });
}

function readTensors(value: Json | undefined, needsHash: boolean): Map<string, WeightsTensor> {
  if (!isObject(value)) return refuse('tensors', 'an object of tensors', value);
  const entries = Object.entries(value);
  if (entries.length > MAX_TENSORS) refuse('tensors', `at most ${MAX_TENSORS} tensors`, entries.length);
  const tensors = new Map<string, WeightsTensor>();
  let parameters = 0;
  for (const [key, tensor] of entries) {
    if (key.length > MAX_KEY || !KEY_PATTERN.test(key))
      refuse('tensors', 'keys like "h1.weight"', key.slice(0, MAX_KEY));
    const read = readTensor(key, tensor, needsHash);
    parameters += read.data.length;
    if (parameters > MAX_PARAMETERS) refuse('tensors', `at most ${MAX_PARAMETERS} numbers`, parameters);
    tensors.set(key, read);
  }
  return tensors;
}

function readTensor(key: string, tensor: Json | undefined, needsHash: boolean): WeightsTensor {
  const place = `tensor ${key}`;
  if (!isObject(tensor)) return refuse(place, '{"shape", "dtype", "data", "sha256"}', tensor);
  const shape = readShape(`${place}: shape`, ownEntry(tensor, 'shape'));
  const dtype = ownEntry(tensor, 'dtype') ?? 'float32';
  if (dtype !== 'float32') refuse(`${place}: dtype`, '"float32"', dtype);
  const data = readNumbers(place, ownEntry(tensor, 'data'), shape);
  const expected = ownEntry(tensor, 'sha256');
  if (expected === undefined && !needsHash) return { shape, data };
  if (typeof expected !== 'string') return refuse(`${place}: sha256`, 'a hash', expected);
  const found = tensorHash(data);
  if (expected.toLowerCase() !== found) throw new AppError('weights.hash', { key, expected, found });
  return { shape, data };
}

function readShape(place: string, value: Json | undefined): Shape {
  // Not the limit of declared sizes: a dense layer behind a flattened image has as many inputs as the image has values.
  const expected = `a list of at most ${MAX_AXES} whole numbers from 1 to ${MAX_PARAMETERS}`;
  if (!Array.isArray(value) || value.length > MAX_AXES) return refuse(place, expected, value);
  const shape = value.map((axis: Json) => {
    const fits = typeof axis === 'number' && Number.isSafeInteger(axis) && axis >= 1 && axis <= MAX_PARAMETERS;
    return fits ? axis : refuse(place, expected, value);
  });
  // 16 such axes would overflow: the product is checked as it grows.
  let size = 1;
  for (const axis of shape)
    if ((size *= axis) > MAX_PARAMETERS) refuse(place, `at most ${MAX_PARAMETERS} numbers`, value);
  return shape;
}

function readNumbers(place: string, value: Json | undefined, shape: Shape): Float32Array {
  if (!Array.isArray(value)) return refuse(`${place}: data`, 'a flat list of numbers', value);
  const size = sizeOf(shape);
  if (value.length !== size)
    refuse(`${place}: data`, `${size} numbers for the shape ${formatShape(shape)}`, value.length);
  return Float32Array.from(value, (item: Json, i) => readNumber(`${place}: data[${i}]`, item));
}

function readNumber(place: string, item: Json): number {
  if (typeof item === 'number') {
    return Number.isFinite(Math.fround(item)) ? item : refuse(place, 'a number within float32', item);
  }
  return SPELLED.includes(item) ? Number(item) : refuse(place, 'a number', item);
}

function checkHash(expected: Json | undefined, tensors: ReadonlyMap<string, WeightsTensor>, needsHash: boolean): void {
  if (expected === undefined && !needsHash) return;
  if (typeof expected !== 'string') return refuse('sha256', 'the hash of all tensors', expected);
  const found = tensorsHash(tensors);
  if (expected.toLowerCase() !== found) throw new AppError('weights.file_hash', { expected, found });
}

/** Graph, data and training, through the same check as a project's; files of other programs may leave out all but the graph. */
function readDocumentParts(file: JsonObject): { graph: Graph; data: JsonObject; training: JsonObject } {
  const { graph, data = {}, training = {} } = file;
  if (!isObject(data)) return refuse('data', 'an object', data);
  if (!isObject(training)) return refuse('training', 'an object', training);
  const filled = {
    name: WHAT,
    graph,
    data: { kind: 'csv', ...data },
    training: {
      ...training,
      loss: training['loss'] ?? usualLoss(data),
      optimizer: training['optimizer'] ?? { type: 'sgd' },
    },
  };
  const check = new StructureCheck();
  const document = check.document(filled);
  const [problem] = check.problems;
  if (problem !== undefined) throw new AppError('weights.format', problem);
  return { graph: document['graph'] as Graph, data, training: filled.training };
}

function usualLoss({ task }: JsonObject): string {
  if (task === 'binary') return 'binary_cross_entropy';
  return task === 'multiclass' ? 'cross_entropy' : 'mean_squared_error';
}

function readVectors(value: Json | undefined): TestVectors {
  if (!isObject(value)) return refuse('vectors', '{"inputs", "outputs", "tolerance"}', value);
  const inputs = readRows('vectors.inputs', value['inputs']);
  const outputs = readRows('vectors.outputs', value['outputs']);
  if (inputs.length === 0) throw new AppError('weights.vectors_missing', {});
  if (outputs.length !== inputs.length) refuse('vectors.outputs', `${inputs.length} rows`, outputs.length);
  const tolerance = value['tolerance'];
  if (typeof tolerance !== 'number' || tolerance < 0)
    return refuse('vectors.tolerance', 'a number of at least 0', tolerance);
  return { inputs, outputs, tolerance };
}

function readRows(place: string, value: Json | undefined): number[][] {
  if (!Array.isArray(value)) return refuse(place, 'a list of rows', value);
  return value.map((row: Json, r) => {
    if (!Array.isArray(row)) return refuse(`${place}[${r}]`, 'a flat list of numbers', row);
    return row.map((item: Json, i) => readNumber(`${place}[${r}][${i}]`, item));
  });
}
