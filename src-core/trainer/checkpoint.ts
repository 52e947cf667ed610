/**
 * Saved states as bytes: magic, length of the header, header (JSON), raw little-endian arrays, SHA-256 of all before.
 * Numbers of the state that must survive bit for bit lie in an array, not in the header: JSON would lose −0 and NaN.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import type { EpochRecord } from '../contract/records.ts';
import { encodingFromJson, encodingToJson } from '../datasets/encoding-json.ts';
import { AppError } from '../lib/errors.ts';
import type { JsonObject } from '../lib/json.ts';
import type { Numbers, RunState } from './state.ts';

/** 'NLCK' and the version of the layout. */
const MAGIC = Uint8Array.of(0x4e, 0x4c, 0x43, 0x4b, 1);
const LENGTH_BYTES = 4;
const HASH_BYTES = 32;

interface ArrayHeader {
  readonly part: 'tensors' | 'slots' | 'method' | 'samples' | 'numbers';
  readonly key: string;
  readonly dtype: 'float32' | 'float64';
  readonly length: number;
}

/** The state without its arrays and without the numbers that lie in one. */
interface Header extends Pick<RunState, 'build' | 'config' | 'data' | 'epoch' | 'step' | 'position' | 'rows' | 'seed'> {
  readonly finished: RunState['finished'];
  readonly bestEpoch: number;
  readonly waited: number;
  /** Non-finite numbers as texts. */
  readonly record: Readonly<Record<string, number | string>> | null;
  readonly encoding: JsonObject;
  readonly arrays: readonly ArrayHeader[];
}

interface NamedArray {
  readonly part: ArrayHeader['part'];
  readonly key: string;
  readonly values: Numbers;
}

/** The state as bytes; equal states give equal bytes. */
export function encodeCheckpoint(state: RunState): Uint8Array<ArrayBuffer> {
  const arrays: NamedArray[] = [
    { part: 'numbers', key: '', values: Float64Array.of(state.lossTimesRows, state.baseRate, state.best.value) },
    { part: 'method', key: '', values: state.method },
    { part: 'samples', key: '', values: state.samples },
    ...[...state.tensors].map(([key, values]) => ({ part: 'tensors', key, values }) as const),
    ...[...state.slots].map(([key, values]) => ({ part: 'slots', key, values }) as const),
  ];
  const header = new TextEncoder().encode(JSON.stringify(headerOf(state, arrays)));
  const arrayBytes = arrays.reduce((sum, { values }) => sum + values.byteLength, 0);
  const bytes = new Uint8Array(MAGIC.length + LENGTH_BYTES + header.length + arrayBytes + HASH_BYTES);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, header.length, true);
  let at = MAGIC.length + LENGTH_BYTES;
  bytes.set(header, at);
  at += header.length;
  for (const { values } of arrays) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  bytes.set(sha256(bytes.subarray(0, at)), at);
  return bytes;
}

function headerOf(state: RunState, arrays: readonly NamedArray[]): Header {
  const { build, config, data, epoch, step, position, rows, seed, finished } = state;
  return {
    ...{ build, config, data, epoch, step, position, rows, seed, finished },
    bestEpoch: state.best.epoch,
    waited: state.best.waited,
    record: state.record && recordToJson(state.record),
    encoding: encodingToJson({ decimal: state.encoding.decimal, header: state.encoding.header }, state.encoding),
    arrays: arrays.map(({ part, key, values }) => ({
      part,
      key,
      dtype: values instanceof Float32Array ? 'float32' : 'float64',
      length: values.length,
    })),
  };
}

/** The state in `bytes`. Throws AppError 'checkpoint.foreign' for other files, 'checkpoint.damaged' when one bit differs. */
export function decodeCheckpoint(bytes: Uint8Array): RunState {
  const start = MAGIC.length + LENGTH_BYTES;
  if (bytes.length < start + HASH_BYTES || !MAGIC.every((value, i) => bytes[i] === value)) {
    throw new AppError('checkpoint.foreign', {});
  }
  const end = bytes.length - HASH_BYTES;
  const hash = sha256(bytes.subarray(0, end));
  if (!hash.every((value, i) => bytes[end + i] === value)) throw new AppError('checkpoint.damaged', {});
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  const text = new TextDecoder().decode(bytes.subarray(start, start + length));
  const header = JSON.parse(text) as Header; // the checksum held: it is what encodeCheckpoint wrote
  return stateOf(header, readArrayBytes(header.arrays, bytes.subarray(start + length, end)));
}

function readArrayBytes(headers: readonly ArrayHeader[], bytes: Uint8Array): readonly NamedArray[] {
  let at = 0;
  return headers.map(({ part, key, dtype, length }) => {
    const values = dtype === 'float32' ? new Float32Array(length) : new Float64Array(length);
    new Uint8Array(values.buffer).set(bytes.subarray(at, at + values.byteLength));
    at += values.byteLength;
    return { part, key, values };
  });
}

function stateOf(header: Header, arrays: readonly NamedArray[]): RunState {
  const { build, config, data, epoch, step, position, rows, seed, finished } = header;
  const partOf = (part: ArrayHeader['part']) => arrays.filter((array) => array.part === part);
  const mapOf = (part: ArrayHeader['part']) => new Map(partOf(part).map(({ key, values }) => [key, values]));
  const [lossTimesRows = 0, baseRate = 0, value = NaN] = partOf('numbers')[0]?.values ?? [];
  return {
    ...{ build, config, data, epoch, step, position, rows, seed, finished, lossTimesRows, baseRate },
    best: { value, epoch: header.bestEpoch, waited: header.waited },
    encoding: encodingFromJson(header.encoding, { inputs: 0, targets: 0 }),
    record: header.record && recordFromJson(header.record),
    samples: Float64Array.from(partOf('samples')[0]?.values ?? []),
    tensors: mapOf('tensors'),
    slots: mapOf('slots'),
    method: Float64Array.from(partOf('method')[0]?.values ?? []),
  };
}

/** Non-finite numbers as texts, which JSON would lose. */
function recordToJson(record: EpochRecord): NonNullable<Header['record']> {
  const spell = (value: number) => (Number.isFinite(value) ? value : String(value));
  return Object.fromEntries(Object.entries(record).map(([key, value = NaN]) => [key, spell(value)]));
}

function recordFromJson(saved: NonNullable<Header['record']>): EpochRecord {
  const numbers = Object.entries(saved).map(([key, value]) => [key, Number(value)] as const);
  return { epoch: 0, step: 0, loss: NaN, ...Object.fromEntries(numbers) };
}
