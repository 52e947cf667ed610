/** How epoch records and losses are kept in columns without losing NaN and the infinities. */
import type { EpochRecord } from '../../src-core/contract/records.ts';

const SPELLED = ['NaN', 'Infinity', '-Infinity'] as const;
export type Kind = 'finite' | (typeof SPELLED)[number];

/** SQLite keeps infinities and turns NaN into NULL, so the kind stands beside the value. */
export function kindOf(value: number): Kind {
  if (Number.isFinite(value)) return 'finite';
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}

/** JSON with non-finite numbers as the strings of formats.md section 4. */
export function encodeRecord(record: EpochRecord): string {
  return JSON.stringify(record, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? kindOf(value) : value,
  );
}

/** Undoes `encodeRecord`; null for what no record can be. */
export function decodeRecord(text: string): EpochRecord | null {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) return null;
  const entries = Object.entries(parsed).map(([name, value]: [string, unknown]) => [name, numberOf(value)] as const);
  if (entries.some(([, value]) => value === null)) return null;
  const { epoch, step, loss, ...rest } = Object.fromEntries(entries) as Record<string, number>;
  return epoch === undefined || step === undefined || loss === undefined ? null : { epoch, step, loss, ...rest };
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return SPELLED.some((word) => word === value) ? Number(value) : null;
}

/** Names and values of a record's metrics in its own order, without epoch and step. */
export function metricsOf(record: EpochRecord): [string, number][] {
  const metrics: [string, number][] = [];
  for (const [name, value] of Object.entries(record))
    if (name !== 'epoch' && name !== 'step' && value !== undefined) metrics.push([name, value]);
  return metrics;
}

const SPARKLINE_POINTS = 64;

/**
 * The sparkline after one more epoch: every `stride`-th epoch from the first, the stride doubling whenever 64 points
 * are full, so that it needs nothing but itself and the epoch's number.
 */
export function extendSparkline(points: readonly number[], epoch: number, value: number): number[] {
  const stride = strideAt(epoch);
  const kept = stride === strideAt(epoch - 1) ? [...points] : points.filter((_, i) => i % 2 === 0);
  if ((epoch - 1) % stride === 0) kept.push(value);
  return kept;
}

/** The epochs whose values a sparkline of so many epochs holds: at most 64. */
export function sparklineEpochs(epochs: number): number[] {
  const stride = strideAt(epochs);
  return Array.from({ length: Math.ceil(epochs / stride) }, (_, i) => 1 + i * stride);
}

function strideAt(epoch: number): number {
  let stride = 1;
  while (epoch > SPARKLINE_POINTS * stride) stride *= 2;
  return stride;
}

export function encodeNumbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  values.forEach((value, i) => bytes.writeDoubleLE(value, i * 8));
  return bytes;
}

export function decodeNumbers(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.byteLength / 8) }, (_, i) => view.getFloat64(i * 8, true));
}
