/**
 * Saved states as bytes: magic, length of the header, header (JSON), raw little-endian arrays, SHA-256 of all before.
 * Numbers of the state that must survive bit for bit lie in an array, not in the header: JSON would lose −0 and NaN.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import type { EpochRecord } from '../contract/records.ts';
import { encodingFromJson, encodingToJson } from '../datasets/encoding-json.ts';
import { AppError } from '../lib/errors.ts';
import type { JsonObject } from '../lib/json.ts';
import { finish, type Turns } from '../lib/turns.ts';
import { TURN_NUMBERS } from '../runtime/arrays.ts';
import { partsOf, type Part } from '../tensor/layout-part.ts';
import type { Numbers, RunState, Standing } from './state.ts';

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

/** An array that is read a part at a time. */
export interface SavedArray extends ArrayHeader {
  readonly read: (part: Part, into: Numbers) => void;
}

interface NamedArray {
  readonly part: ArrayHeader['part'];
  readonly key: string;
  readonly values: Numbers;
}

/** SHA-256 under way: Node's own is several times faster than one in JavaScript. */
export interface Hasher {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}
export type CreateHash = () => Hasher;
/** In JavaScript alone, for where there is nothing faster. */
export const plainHash: CreateHash = () => sha256.create();

/** A few numbers that lie there whole. */
function small(part: SavedArray['part'], values: Float64Array): SavedArray {
  const read: SavedArray['read'] = ({ from, to }, into) => into.set(values.subarray(from, to));
  return { part, key: '', dtype: 'float64', length: values.length, read };
}

/**
 * A state as bytes; equal states give equal bytes.
 * @param stored tensors, then slots, in the order of their keys
 */
export function* encodeCheckpoint(
  state: Standing,
  stored: readonly SavedArray[],
  createHash: CreateHash = plainHash,
): Turns<Uint8Array<ArrayBuffer>> {
  const numbers = Float64Array.of(state.lossTimesRows, state.baseRate, state.best.value);
  const arrays: SavedArray[] = [
    small('numbers', numbers),
    small('method', state.method),
    small('samples', state.samples),
    ...stored,
  ];
  const header = new TextEncoder().encode(JSON.stringify(headerOf(state, arrays)));
  const arrayBytes = arrays.reduce((sum, { length, dtype }) => sum + length * bytesOf(dtype), 0);
  const start = MAGIC.length + LENGTH_BYTES + header.length;
  const bytes = new Uint8Array(start + arrayBytes + HASH_BYTES);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, header.length, true);
  bytes.set(header, MAGIC.length + LENGTH_BYTES);
  const hash = createHash();
  hash.update(bytes.subarray(0, start));
  let at = start;
  for (const { length, dtype, read } of arrays) {
    for (const part of partsOf(length, TURN_NUMBERS)) {
      const count = part.to - part.from;
      const values = dtype === 'float32' ? new Float32Array(count) : new Float64Array(count);
      read(part, values);
      bytes.set(new Uint8Array(values.buffer), at);
      hash.update(bytes.subarray(at, at + values.byteLength));
      at += values.byteLength;
      if (count === TURN_NUMBERS) yield;
    }
  }
  bytes.set(hash.digest(), at);
  return bytes;
}

const bytesOf = (dtype: ArrayHeader['dtype']): number =>
  dtype === 'float32' ? Float32Array.BYTES_PER_ELEMENT : Float64Array.BYTES_PER_ELEMENT;

function headerOf(state: Standing, arrays: readonly ArrayHeader[]): Header {
  const { build, config, data, epoch, step, position, rows, seed, finished } = state;
  return {
    ...{ build, config, data, epoch, step, position, rows, seed, finished },
    bestEpoch: state.best.epoch,
    waited: state.best.waited,
    record: state.record && recordToJson(state.record),
    encoding: encodingToJson({ decimal: state.encoding.decimal, header: state.encoding.header }, state.encoding),
    arrays: arrays.map(({ part, key, dtype, length }) => ({ part, key, dtype, length })),
  };
}

/** The state in `bytes`. Throws AppError 'checkpoint.foreign' for other files, 'checkpoint.damaged' when one bit differs. */
export function decodeCheckpoint(bytes: Uint8Array): RunState {
  return finish(decodeTurns(bytes));
}

/** The same in turns. */
export function* decodeTurns(bytes: Uint8Array, createHash: CreateHash = plainHash): Turns<RunState> {
  const start = MAGIC.length + LENGTH_BYTES;
  if (bytes.length < start + HASH_BYTES || !MAGIC.every((value, i) => bytes[i] === value)) {
    throw new AppError('checkpoint.foreign', {});
  }
  const end = bytes.length - HASH_BYTES;
  const hash = createHash();
  for (const { from, to } of partsOf(end, TURN_BYTES)) {
    hash.update(bytes.subarray(from, to));
    if (to < end) yield;
  }
  const digest = hash.digest();
  if (!digest.every((value, i) => bytes[end + i] === value)) throw new AppError('checkpoint.damaged', {});
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  const text = new TextDecoder().decode(bytes.subarray(start, start + length));
  const header = JSON.parse(text) as Header; // the checksum held: it is what encodeCheckpoint wrote
  return stateOf(header, yield* readArrayBytes(header.arrays, bytes.subarray(start + length, end)));
}
/** Hashed between two turns: a few milliseconds in JavaScript. */
const TURN_BYTES = 2 ** 19;

function* readArrayBytes(headers: readonly ArrayHeader[], bytes: Uint8Array): Turns<readonly NamedArray[]> {
  let at = 0;
  const arrays: NamedArray[] = [];
  for (const { part, key, dtype, length } of headers) {
    const values = dtype === 'float32' ? new Float32Array(length) : new Float64Array(length);
    const into = new Uint8Array(values.buffer);
    for (const { from, to } of partsOf(into.length, TURN_BYTES)) {
      into.set(bytes.subarray(at + from, at + to), from);
      if (to < into.length) yield;
    }
    at += into.length;
    arrays.push({ part, key, values });
  }
  return arrays;
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
