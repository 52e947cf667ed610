/** SHA-256 of tensors as weights files have it: over the data as little-endian float32. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** The data as little-endian float32, whatever the machine's own byte order is. */
export function float32Bytes(data: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(data.byteLength));
  data.forEach((value, i) => view.setFloat32(i * Float32Array.BYTES_PER_ELEMENT, value, true));
  return new Uint8Array(view.buffer);
}

/** Lower-case hex hash of one tensor. */
export function tensorHash(data: Float32Array): string {
  return bytesToHex(sha256(float32Bytes(data)));
}

/** Lower-case hex hash of all tensors, concatenated with their keys in code-unit order. */
export function tensorsHash(tensors: ReadonlyMap<string, { readonly data: Float32Array }>): string {
  const hash = sha256.create();
  for (const key of [...tensors.keys()].sort())
    hash.update(float32Bytes(tensors.get(key)?.data ?? new Float32Array(0)));
  return bytesToHex(hash.digest());
}
