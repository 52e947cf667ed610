/** Export format `safetensors`: the tensors alone, under PyTorch's names, as huggingface/safetensors lays them out. */
import { float32Bytes } from './tensor-hash.ts';
import type { FormatDefinition, TrainedNetwork } from './define.ts';
import { checkFinite } from './weights-write.ts';

const LENGTH_BYTES = 8;
/** The header is filled up with spaces so that the numbers behind it start at a multiple of this. */
const ALIGNMENT = 8;
const SPACE = 0x20;

/**
 * Length of the header (64 bits, little-endian), the header as JSON (name -> dtype, shape, place of its bytes), the bytes of
 * all tensors as little-endian float32, keys in code-unit order. Source: github.com/huggingface/safetensors, "Format".
 */
export const safetensors: FormatDefinition = {
  label: 'safetensors',
  summary: "The tensors alone, under PyTorch's names: what load_state_dict takes.",
  extension: '.safetensors',
  write: ({ tensors }, { allowNonFinite }) => {
    if (!allowNonFinite) for (const [key, { data }] of tensors) checkFinite(key, data);
    return assemble(tensors);
  },
};

function assemble(tensors: TrainedNetwork['tensors']): Uint8Array<ArrayBuffer> {
  const keys = [...tensors.keys()].sort();
  const parts: Uint8Array[] = [];
  const entries: (readonly [string, object])[] = [['__metadata__', { format: 'pt' }]];
  let end = 0;
  for (const key of keys) {
    const { shape, data } = tensors.get(key) ?? { shape: [0], data: new Float32Array(0) };
    const bytes = float32Bytes(data);
    entries.push([key, { dtype: 'F32', shape, data_offsets: [end, end + bytes.length] }]);
    parts.push(bytes);
    end += bytes.length;
  }
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const start = LENGTH_BYTES + Math.ceil(header.length / ALIGNMENT) * ALIGNMENT;
  const file = new Uint8Array(start + end).fill(SPACE, 0, start);
  new DataView(file.buffer).setBigUint64(0, BigInt(start - LENGTH_BYTES), true);
  file.set(header, LENGTH_BYTES);
  let at = start;
  for (const bytes of parts) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}
