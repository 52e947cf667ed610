/**
 * Reads IDX, the format of MNIST: two zero bytes, a type code, the number of dimensions, each as a big-endian 32-bit
 * number, then the values. Source: Y. LeCun, C. Cortes, "The MNIST database", file format section.
 */
import { AppError } from '../../lib/errors.ts';
import type { Turn } from '../define.ts';
import { gunzipPieces, isGzip, MOST_PACKED } from './gunzip.ts';

export interface IdxArray {
  readonly dims: readonly number[];
  /** Unsigned bytes, row-major; as many as the product of `dims`. */
  readonly values: Uint8Array;
}

export interface IdxOptions {
  /** For messages. */
  readonly file: string;
  /** Least and most dimensions the file may have. */
  readonly dims: readonly [number, number];
}

const TYPES: Readonly<Record<number, string>> = {
  0x08: 'unsigned bytes',
  0x09: 'signed bytes',
  0x0b: '16-bit numbers',
  0x0c: '32-bit numbers',
  0x0d: 'float32',
  0x0e: 'float64',
};
const UNSIGNED_BYTES = 0x08;
const WORD = 4;
/** 1 GiB as float64, which is what rows become. */
const MAX_VALUES = 2 ** 27;

/** Begins as IDX does, plain or packed; no text begins so. */
export function isIdx(bytes: Uint8Array): boolean {
  return (bytes[0] === 0 && bytes[1] === 0) || isGzip(bytes);
}

/**
 * A turn after every piece of the file. Rejects with AppError 'data.idx' and the offset of the byte that is wrong,
 * 'data.too_large'.
 */
export async function readIdxInTurns(bytes: Uint8Array, options: IdxOptions, turn: Turn): Promise<IdxArray> {
  const collector = new Collector(options, mostBytes(bytes));
  for (const share of pieces(bytes, collector, options.file)) await turn(share);
  return collector.finish();
}

/** More cannot come of the file. */
function mostBytes(bytes: Uint8Array): number {
  return isGzip(bytes) ? bytes.length * MOST_PACKED : bytes.length;
}

function* pieces(bytes: Uint8Array, collector: Collector, file: string): Generator<number> {
  if (!isGzip(bytes)) {
    collector.take(bytes);
    yield 1;
    return;
  }
  try {
    yield* gunzipPieces(bytes, (piece) => collector.take(piece));
  } catch (error) {
    if (error instanceof AppError) throw error;
    const found = error instanceof Error ? error.message : String(error);
    throw new AppError('data.unreadable', { file, reason: `gzip: ${found}` }, { cause: error });
  }
}

/** Takes the file in pieces of any size; makes room only for what a checked header declares. */
class Collector {
  readonly #options: IdxOptions;
  /** More bytes than this cannot come. */
  readonly #most: number;
  #header: Uint8Array = new Uint8Array(0);
  #body: { readonly dims: readonly number[]; readonly values: Uint8Array } | null = null;
  #filled = 0;

  constructor(options: IdxOptions, most: number) {
    this.#options = options;
    this.#most = most;
  }

  take(piece: Uint8Array): void {
    if (this.#body !== null) return this.#add(piece);
    const { file, dims } = this.#options;
    const longest = WORD * (1 + dims[1]);
    const room = longest - this.#header.length;
    const head = new Uint8Array([...this.#header, ...piece.subarray(0, room)]);
    this.#header = head;
    const size = headerSize(head, this.#options);
    if (size === null || head.length < size) return;
    const shape = readDims(head, size, file);
    const count = shape.reduce((product, dim) => product * dim, 1);
    if (count > this.#most) {
      const found = `a file that holds at most ${this.#most} bytes`;
      throw idxError(file, size, `${count} values (${shape.join(' × ')})`, found);
    }
    this.#body = { dims: shape, values: new Uint8Array(count) };
    this.#add(head.subarray(size));
    this.#add(piece.subarray(room));
  }

  finish(): IdxArray {
    const { file } = this.#options;
    if (this.#body === null) {
      throw idxError(file, this.#header.length, 'the rest of the header', 'the end of the file');
    }
    const { dims, values } = this.#body;
    if (this.#filled === values.length) return this.#body;
    const expected = `${values.length} values (${dims.join(' × ')})`;
    throw idxError(file, this.#start() + this.#filled, expected, `the end of the file after ${this.#filled}`);
  }

  #start(): number {
    return WORD * (1 + (this.#body?.dims.length ?? 0));
  }

  #add(piece: Uint8Array): void {
    const { dims, values } = this.#body ?? { dims: [], values: new Uint8Array(0) };
    if (piece.length > values.length - this.#filled) {
      const expected = `the end of the file after ${values.length} values (${dims.join(' × ')})`;
      throw idxError(this.#options.file, this.#start() + values.length, expected, 'more bytes');
    }
    values.set(piece, this.#filled);
    this.#filled += piece.length;
  }
}

/** Bytes before the values; null while the first word is not whole. */
function headerSize(head: Uint8Array, { file, dims: [least, most] }: IdxOptions): number | null {
  const [first, second, type, count] = head;
  if (first === undefined || second === undefined || type === undefined || count === undefined) return null;
  if (first !== 0 || second !== 0) throw idxError(file, 0, 'two zero bytes of an IDX file', hex(first, second));
  if (type !== UNSIGNED_BYTES) {
    throw idxError(file, 2, `type 8 (${TYPES[UNSIGNED_BYTES]})`, `type ${type} (${TYPES[type] ?? 'unknown'})`);
  }
  if (count < least || count > most) {
    const expected = least === most ? `${least} dimension${least === 1 ? '' : 's'}` : `${least} to ${most} dimensions`;
    throw idxError(file, 3, expected, String(count));
  }
  return WORD * (1 + count);
}

function readDims(head: Uint8Array, size: number, file: string): number[] {
  const view = new DataView(head.buffer, head.byteOffset, size);
  const dims: number[] = [];
  for (let at = WORD; at < size; at += WORD) {
    const dim = view.getUint32(at);
    if (dim === 0) throw idxError(file, at, 'a dimension of at least 1', '0');
    dims.push(dim);
  }
  if (dims.reduce((product, dim) => product * dim, 1) > MAX_VALUES) {
    throw new AppError('data.too_large', { file, limit: `${MAX_VALUES} values`, found: dims.join(' × ') });
  }
  return dims;
}

function idxError(file: string, offset: number, expected: string, found: string): AppError {
  return new AppError('data.idx', { file, offset, expected, found });
}

function hex(...bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
