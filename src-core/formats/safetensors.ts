/** Export format `safetensors`: the tensors alone, under PyTorch's names, as huggingface/safetensors lays them out. */
import type { FormatDefinition, TrainedNetwork, WeightsTensor } from './define.ts';
import { refuseNonFinite } from './finite.ts';
import { float32Pieces } from './tensor-hash.ts';

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
  write: function* (network, options) {
    yield* refuseNonFinite(network, options);
    const tensors = inOrder(network.tensors);
    yield headOf(tensors);
    for (const [, { data }] of tensors) {
      for (const bytes of float32Pieces(data)) {
        options.onNumbers?.(bytes.length / Float32Array.BYTES_PER_ELEMENT);
        yield bytes;
      }
    }
  },
};

type Tensors = readonly (readonly [key: string, tensor: WeightsTensor])[];

/** Keys by code unit. */
function inOrder(tensors: TrainedNetwork['tensors']): Tensors {
  return [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** All that comes before the numbers. */
function headOf(tensors: Tensors): Uint8Array {
  const entries: (readonly [string, object])[] = [['__metadata__', { format: 'pt' }]];
  let end = 0;
  for (const [key, { shape, data }] of tensors) {
    const start = end;
    end += data.byteLength;
    entries.push([key, { dtype: 'F32', shape, data_offsets: [start, end] }]);
  }
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const size = LENGTH_BYTES + Math.ceil(header.length / ALIGNMENT) * ALIGNMENT;
  const head = new Uint8Array(size).fill(SPACE);
  new DataView(head.buffer).setBigUint64(0, BigInt(size - LENGTH_BYTES), true);
  head.set(header, LENGTH_BYTES);
  return head;
}
