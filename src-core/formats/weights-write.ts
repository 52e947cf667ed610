/** Writes weights files (formats.md section 3): keys in the specified order, one tensor a line, shortest float32 digits. */
import type { Json, JsonObject } from '../lib/json.ts';
import { partsOf } from '../tensor/layout-part.ts';
import type { ExportOptions, TestVectors, TrainedNetwork, WeightsTensor } from './define.ts';
import { refuseNonFinite } from './finite.ts';
import { float32Text } from './float32-text.ts';
import { bytesOf, encoded, type Pieces } from './pieces.ts';
import { float32Bytes, TensorHasher } from './tensor-hash.ts';

export const WEIGHTS_FORMAT = 'netloom-weights';
export const WEIGHTS_VERSION = 1;
/** Numbers written between two turns: about a millisecond. */
const TURN_NUMBERS = 2 ** 12;

type Texts = Generator<string, void, undefined>;
type TextOptions = Pick<ExportOptions, 'createHash' | 'onNumbers'>;

/** The file in pieces. Throws AppError 'weights.not_finite' naming the tensor, unless that is allowed. */
export function* weightsPieces(network: TrainedNetwork, options: ExportOptions): Pieces {
  yield* refuseNonFinite(network, options);
  yield* encoded(fileTexts(network, options));
}

/** The whole file. Throws as `weightsPieces`. */
export function writeWeights(network: TrainedNetwork, options: ExportOptions): Uint8Array<ArrayBuffer> {
  return bytesOf(weightsPieces(network, options));
}

function* fileTexts({ graph, data, training, tensors, vectors }: TrainedNetwork, options: TextOptions): Texts {
  const all = new TensorHasher(options.createHash);
  yield `{\n  "format": "${WEIGHTS_FORMAT}", "version": ${WEIGHTS_VERSION},\n`;
  for (const [key, part] of Object.entries({ graph, data, training })) yield `  "${key}": ${jsonText(part)},\n`;
  yield '  "tensors": ';
  yield* tensorsTexts(tensors, { ...options, all });
  yield ',\n  "vectors": ';
  yield* vectorsTexts(vectors);
  yield `,\n  "sha256": "${all.hex()}"\n}\n`;
}

/** {"h1.weight": {"shape", "dtype", "data", "sha256"}, …} with keys in code-unit order: also what `gradients` prints. */
export function tensorsText(tensors: ReadonlyMap<string, WeightsTensor>): string {
  return [...tensorsTexts(tensors, {})].join('');
}

/** @param all hashes the data of all tensors as they are written */
function* tensorsTexts(
  tensors: ReadonlyMap<string, WeightsTensor>,
  { createHash, onNumbers, all }: TextOptions & { readonly all?: TensorHasher },
): Texts {
  if (tensors.size === 0) return yield '{}';
  let before = '{';
  for (const key of [...tensors.keys()].sort()) {
    const { shape, data } = tensors.get(key) ?? { shape: [], data: new Float32Array(0) };
    const own = new TensorHasher(createHash);
    yield `${before}\n    ${JSON.stringify(key)}: {"shape": [${shape.join(', ')}], "dtype": "float32", "data": [`;
    for (const { from, to } of partsOf(data.length, TURN_NUMBERS)) {
      const part = data.subarray(from, to);
      const bytes = float32Bytes(part);
      own.add(bytes);
      all?.add(bytes);
      onNumbers?.(part.length);
      yield `${from === 0 ? '' : ', '}${Array.from(part, float32Text).join(', ')}`;
    }
    yield `], "sha256": "${own.hex()}"}`;
    before = ',';
  }
  yield '\n  }';
}

function* vectorsTexts({ inputs, outputs, tolerance }: TestVectors): Texts {
  yield '{\n    "inputs": ';
  yield* rowsTexts(inputs);
  yield ',\n    "outputs": ';
  yield* rowsTexts(outputs);
  yield `,\n    "tolerance": ${tolerance}\n  }`;
}

function* rowsTexts(rows: TestVectors['inputs']): Texts {
  let before = '[\n';
  for (const row of rows) {
    yield `${before}      [`;
    for (const { from, to } of partsOf(row.length, TURN_NUMBERS))
      yield `${from === 0 ? '' : ', '}${row.slice(from, to).map(numberText).join(', ')}`;
    yield ']';
    before = ',\n';
  }
  yield rows.length === 0 ? '[\n\n    ]' : '\n    ]';
}

/** A number in full precision; −0 and non-finite ones as formats.md has them. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** On one line, keys in their order, numbers as `numberText` has them. */
export function jsonText(value: Json | undefined): string {
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => jsonText(item)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value as JsonObject).filter(([, item]) => item !== undefined);
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}: ${jsonText(item)}`).join(', ')}}`;
}
