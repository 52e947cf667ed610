/** SHA-256 of tensors as weights files have it: over the data as little-endian float32. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { partsOf } from '../tensor/layout-part.ts';
import { plainHash, type CreateHash } from '../trainer/checkpoint.ts';

/** Numbers of a piece: hashed in less than a millisecond. */
const PIECE_NUMBERS = 2 ** 15;
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The data as little-endian float32, whatever the machine's own byte order is. */
export function float32Bytes(data: Float32Array): Uint8Array<ArrayBuffer> {
  if (LITTLE_ENDIAN) return new Uint8Array(data.slice().buffer as ArrayBuffer);
  const view = new DataView(new ArrayBuffer(data.byteLength));
  data.forEach((value, i) => view.setFloat32(i * Float32Array.BYTES_PER_ELEMENT, value, true));
  return new Uint8Array(view.buffer);
}

/** The same a piece at a time. */
export function* float32Pieces(data: Float32Array): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  for (const { from, to } of partsOf(data.length, PIECE_NUMBERS)) yield float32Bytes(data.subarray(from, to));
}

/** SHA-256 of several tensors one after the other, in pieces. */
export class TensorHasher {
  readonly #hash: ReturnType<CreateHash>;

  constructor(createHash: CreateHash = plainHash) {
    this.#hash = createHash();
  }

  /** Bytes of float32 numbers, little-endian. */
  add(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  /** Lower-case hex; once, at the end. */
  hex(): string {
    return bytesToHex(Uint8Array.from(this.#hash.digest()));
  }
}

/** Lower-case hex hash of one tensor. */
export function tensorHash(data: Float32Array): string {
  return tensorsHash(new Map([['', { data }]]));
}

/** Lower-case hex hash of all tensors, concatenated with their keys in code-unit order. */
export function tensorsHash(tensors: ReadonlyMap<string, { readonly data: Float32Array }>): string {
  const hash = new TensorHasher();
  for (const key of [...tensors.keys()].sort())
    for (const bytes of float32Pieces(tensors.get(key)?.data ?? new Float32Array(0))) hash.add(bytes);
  return hash.hex();
}
