/**
 * One value as one binary frame and back, for every wire: a JSON head and, behind it, the raw bytes of the typed arrays.
 *
 * Layout, little-endian: 4 bytes magic "NLF1", 4 bytes length of the head, the head as UTF-8 JSON, zeros up to a multiple of 8, then each array's bytes, each
 * padded with zeros to a multiple of 8. In the head an array stands as {"$f4": length} (arrays follow in the order in which a walk over the head
 * meets them, so none can be read twice), a number that JSON loses as {"$n": "NaN"}, and a key that begins with "$" gets a second "$".
 */
import { assert } from '../lib/assert.ts';
import { AppError } from '../lib/errors.ts';

const MAGIC = 0x31464c4e; // "NLF1"
const HEAD_START = 8;
const ALIGN = 8;
/** Nesting of objects and lists; a project file needs about 10. */
export const MAX_DEPTH = 128;
/** Frames are read whole into memory; checkpoints are the largest. */
export const MAX_FRAME_BYTES = 2 ** 31;

type Numbers = Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array;

const arrayTypes = {
  $u1: Uint8Array,
  $i4: Int32Array,
  $u4: Uint32Array,
  $f4: Float32Array,
  $f8: Float64Array,
} as const;
type ArrayTag = keyof typeof arrayTypes;
const arrayTags = Object.keys(arrayTypes) as ArrayTag[];

const specialNumbers: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '-0': -0,
};

const padded = (bytes: number): number => Math.ceil(bytes / ALIGN) * ALIGN;
const bad = (reason: string): AppError => new AppError('host.bad_frame', { reason });

function tagOf(array: ArrayBufferView): ArrayTag {
  const tag = arrayTags.find((name) => array instanceof arrayTypes[name]);
  assert(tag !== undefined, 'a frame carries Uint8, Int32, Uint32, Float32 and Float64 arrays only');
  return tag;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Turns a value into its head, and notes the arrays it meets on the way. */
class Writer {
  readonly arrays: Numbers[] = [];

  head(value: unknown, depth: number): unknown {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return this.#number(value);
    assert(typeof value === 'object', `a frame cannot carry a ${typeof value}`);
    if (depth > MAX_DEPTH) throw new AppError('host.too_deep', { limit: MAX_DEPTH });
    if (ArrayBuffer.isView(value)) return this.#array(value);
    if (Array.isArray(value)) return value.map((item) => this.head(item, depth + 1));
    assert(isPlain(value), 'a frame carries plain data only');
    return this.#object(value, depth);
  }

  #number(value: number): unknown {
    if (Number.isFinite(value) && !Object.is(value, -0)) return value;
    return { $n: Object.is(value, -0) ? '-0' : String(value) };
  }

  #array(value: ArrayBufferView): unknown {
    const tag = tagOf(value);
    const numbers = value as Numbers; // tagOf has just found its type
    this.arrays.push(numbers);
    return { [tag]: numbers.length };
  }

  /** Keys whose value is undefined are left out, as JSON does. */
  #object(value: object, depth: number): unknown {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    const head: Record<string, unknown> = {};
    for (const [key, item] of entries) {
      assert(key !== '__proto__', 'a frame cannot carry the key __proto__');
      head[key.startsWith('$') ? `$${key}` : key] = this.head(item, depth + 1);
    }
    return head;
  }
}

/** Rebuilds a value from its head, taking the arrays' bytes one after the other. */
class Reader {
  readonly #frame: Uint8Array;
  #offset: number;

  constructor(frame: Uint8Array, offset: number) {
    this.#frame = frame;
    this.#offset = offset;
  }

  value(head: unknown, depth: number): unknown {
    if (typeof head !== 'object' || head === null) return head;
    if (depth > MAX_DEPTH) throw bad(`it is nested deeper than ${MAX_DEPTH}`);
    if (Array.isArray(head)) return head.map((item) => this.value(item, depth + 1));
    const entries = Object.entries(head);
    const [first] = entries;
    if (entries.length === 1 && first && first[0].startsWith('$') && !first[0].startsWith('$$')) {
      return this.#special(first[0], first[1]);
    }
    return this.#object(entries, depth);
  }

  #object(entries: readonly [string, unknown][], depth: number): unknown {
    const value: Record<string, unknown> = {};
    for (const [key, item] of entries) {
      if (key === '__proto__') throw bad('it has the key __proto__');
      if (key.startsWith('$') && !key.startsWith('$$')) throw bad('it has an unknown mark');
      value[key.startsWith('$') ? key.slice(1) : key] = this.value(item, depth + 1);
    }
    return value;
  }

  #special(tag: string, content: unknown): unknown {
    if (tag === '$n') {
      if (typeof content !== 'string' || !Object.hasOwn(specialNumbers, content)) throw bad('it has an unknown number');
      return specialNumbers[content];
    }
    const known = arrayTags.find((name) => name === tag);
    if (known === undefined) throw bad('it has an unknown mark');
    if (typeof content !== 'number' || !Number.isInteger(content) || content < 0) throw bad('an array has no length');
    return this.#take(known, content);
  }

  #take(tag: ArrayTag, length: number): Numbers {
    const byteLength = length * arrayTypes[tag].BYTES_PER_ELEMENT;
    const start = this.#offset;
    if (byteLength > this.#frame.byteLength - start) throw bad('an array is longer than the frame');
    this.#offset = start + padded(byteLength);
    // A copy: the array owns its bytes, is aligned, and does not keep the frame alive.
    const bytes = new Uint8Array(byteLength);
    bytes.set(this.#frame.subarray(start, start + byteLength));
    return new arrayTypes[tag](bytes.buffer);
  }

  assertAllTaken(): void {
    if (this.#offset !== this.#frame.byteLength) throw bad('it has bytes that belong to nothing');
  }
}

/**
 * One value as a frame of its own buffer, ready to be posted.
 * @param value plain data: null, booleans, strings, all numbers, lists, plain objects, typed arrays; keys with undefined are left out
 * @throws host.too_deep when nested deeper than MAX_DEPTH
 */
export function encodeFrame(value: unknown): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  const head = new TextEncoder().encode(JSON.stringify(writer.head(value, 0)));
  const arraysStart = padded(HEAD_START + head.byteLength);
  const total = writer.arrays.reduce((sum, array) => sum + padded(array.byteLength), arraysStart);
  assert(total <= MAX_FRAME_BYTES, `a frame of ${total} bytes is too large`);
  const frame = new Uint8Array(total);
  const view = new DataView(frame.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, head.byteLength, true);
  frame.set(head, HEAD_START);
  let offset = arraysStart;
  for (const array of writer.arrays) {
    frame.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset += padded(array.byteLength);
  }
  return frame;
}

function readHead(frame: Uint8Array): { head: unknown; end: number } {
  if (frame.byteLength > MAX_FRAME_BYTES) throw bad('it is too large');
  if (frame.byteLength < HEAD_START) throw bad('it is too short');
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw bad('it does not begin as a frame');
  const end = HEAD_START + view.getUint32(4, true);
  if (end > frame.byteLength) throw bad('its head is longer than the frame');
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(frame.subarray(HEAD_START, end));
    return { head: JSON.parse(text), end };
  } catch (cause) {
    throw new AppError('host.bad_frame', { reason: 'its head is not JSON' }, { cause });
  }
}

/**
 * The value of a frame made by `encodeFrame`.
 * @param frame bytes from outside: every length is checked before anything is allocated
 * @throws host.bad_frame
 */
export function decodeFrame(frame: Uint8Array): unknown {
  const { head, end } = readHead(frame);
  const reader = new Reader(frame, padded(end));
  const value = reader.value(head, 0);
  reader.assertAllTaken();
  return value;
}
