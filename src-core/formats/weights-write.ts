/** Writes weights files (formats.md section 3): keys in the specified order, one tensor a line, shortest float32 digits. */
import { AppError } from '../lib/errors.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import type { ExportOptions, TestVectors, TrainedNetwork, WeightsTensor } from './define.ts';
import { float32Text } from './float32-text.ts';
import { tensorHash, tensorsHash } from './tensor-hash.ts';

export const WEIGHTS_FORMAT = 'netloom-weights';
export const WEIGHTS_VERSION = 1;

/** The whole file. Throws AppError 'weights.not_finite' naming the tensor, unless that is allowed. */
export function writeWeights(network: TrainedNetwork, { allowNonFinite }: ExportOptions): Uint8Array<ArrayBuffer> {
  const { graph, data, training, tensors, vectors } = network;
  if (!allowNonFinite) for (const [key, { data: values }] of tensors) checkFinite(key, values);
  const parts = [
    `"format": "${WEIGHTS_FORMAT}", "version": ${WEIGHTS_VERSION}`,
    `"graph": ${jsonText(graph)}`,
    `"data": ${jsonText(data)}`,
    `"training": ${jsonText(training)}`,
    `"tensors": ${tensorsText(tensors)}`,
    `"vectors": ${vectorsText(vectors)}`,
    `"sha256": "${tensorsHash(tensors)}"`,
  ];
  return new TextEncoder().encode(`{\n  ${parts.join(',\n  ')}\n}\n`) as Uint8Array<ArrayBuffer>;
}

/** Throws AppError 'weights.not_finite' naming the tensor. */
export function checkFinite(key: string, values: Float32Array): void {
  if (values.some((value) => !Number.isFinite(value))) throw new AppError('weights.not_finite', { key });
}

/** {"h1.weight": {"shape", "dtype", "data", "sha256"}, …} with keys in code-unit order: also what `gradients` prints. */
export function tensorsText(tensors: ReadonlyMap<string, WeightsTensor>): string {
  const lines = [...tensors.keys()].sort().map((key) => {
    const { shape, data } = tensors.get(key) ?? { shape: [], data: new Float32Array(0) };
    const numbers = Array.from(data, float32Text).join(', ');
    const head = `"shape": [${shape.join(', ')}], "dtype": "float32"`;
    return `    ${JSON.stringify(key)}: {${head}, "data": [${numbers}], "sha256": "${tensorHash(data)}"}`;
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
}

function vectorsText({ inputs, outputs, tolerance }: TestVectors): string {
  const rows = (values: readonly (readonly number[])[]) =>
    `[\n${values.map((row) => `      [${row.map(numberText).join(', ')}]`).join(',\n')}\n    ]`;
  return `{\n    "inputs": ${rows(inputs)},\n    "outputs": ${rows(outputs)},\n    "tolerance": ${tolerance}\n  }`;
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
